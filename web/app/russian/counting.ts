/** How Russian counts: four forms, and numbers with a comma. */
import {pluralsOf} from '../plural.ts';

export const {form, plural} = pluralsOf<'one' | 'few' | 'many'>('ru');

export const computers = (count: number): string => plural(count, {one: 'компьютер', few: 'компьютера', many: 'компьютеров', other: 'компьютера'});
/** After «от», «у»: "1 компьютера". */
export const ofComputers = (count: number): string => plural(count, {one: 'компьютера', few: 'компьютеров', many: 'компьютеров', other: 'компьютера'});
export const jobs = (count: number): string => plural(count, {one: 'задача', few: 'задачи', many: 'задач', other: 'задачи'});
export const tokens = (count: number): string => plural(count, {one: 'токен', few: 'токена', many: 'токенов', other: 'токена'});
export const answers = (count: number): string => plural(count, {one: 'ответ', few: 'ответа', many: 'ответов', other: 'ответа'});
export const models = (count: number): string => plural(count, {one: 'модель', few: 'модели', many: 'моделей', other: 'модели'});
