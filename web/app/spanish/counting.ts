/** How Spanish counts: one, many, and «de» after whole millions; numbers with a comma. */
import {pluralsOf} from '../plural.ts';

export const {plural, form} = pluralsOf<'one' | 'many'>('es');

/** A noun in its forms; after a million it takes «de». */
export const counted = (one: string, other: string) => (count: number): string => plural(count, {one, many: `de ${other}`, other});

/** A verb and what follows it in their forms; «de» goes only before nouns. */
export const agreeing = (one: string, other: string) => (count: number): string => plural(count, {one, many: other, other});

export const computers = counted('equipo', 'equipos');
export const jobs = counted('tarea', 'tareas');
export const tokens = counted('token', 'tokens');
export const models = counted('modelo', 'modelos');
export const answers = counted('respuesta', 'respuestas');
