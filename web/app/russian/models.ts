/** Russian: what is known of the models on offer. */
import type {Sections} from '../sections.ts';
import {answers as countedAnswers, computers, form, ofComputers, plural} from './counting.ts';

/** "медиана, 5 ответов" */
const medianOf = (count: number): string => `медиана, ${countedAnswers(count)}`;

export const models: Sections['models'] = {
  heading: 'Какие модели есть',
  none: 'Сейчас ни один компьютер не предлагает моделей.',
  sort: 'Порядок',
  sortings: {offer: 'Компьютеры на связи', price: 'Цена', size: 'Размер', speed: 'Скорость'},
  demo: 'демомодель',
  choose: 'Выбрать',
  chooseNamed: (label) => `Выбрать «${label}»`,
  chosen: 'Выбрана',
  chosenNamed: (label) => `Выбрана «${label}»`,
  close: 'Закрыть',
  unknown: 'пока неизвестно',
  terms: {
    computers: 'Компьютеры на связи',
    price: 'Цена',
    wait: 'Обычное ожидание',
    measured: 'Измерено в этом браузере',
    claimed: 'Скорость по их словам',
    size: 'Размер',
    context: 'Читает не больше',
    fit: 'На этом устройстве',
    tasks: 'Умеет',
    licence: 'Лицензия',
  },
  computers: (count, unpayable) => `${computers(count)}${unpayable > 0 ? `; ещё ${unpayable} ${form(unpayable, {one: 'требует', few: 'требуют', many: 'требуют', other: 'требуют'})} депозита` : ''}`,
  mine: (count) => plural(count, {one: 'ваше устройство', few: 'ваших устройства', many: 'ваших устройств', other: 'ваших устройства'}),
  free: 'бесплатно',
  freeOf: (free, count) => `бесплатно у ${free} из ${ofComputers(count)}`,
  perMillion: (lowest, highest) => (lowest === highest ? `${lowest} за миллион токенов` : `от ${lowest} до ${highest} за миллион токенов`),
  measured: (first, rate, answers) => `первое слово через ${first}${rate === undefined ? '' : `, ${rate} токенов/с`} (${medianOf(answers)})`,
  claimed: (rate) => `до ${rate} токенов/с; никто этого не проверял`,
  tokens: (count) => `${count} токенов`,
  fits: 'Могла бы работать здесь.',
  kept: 'Хранится в этом браузере.',
  keptPart: (part) => `${part} хранится в этом браузере.`,
  tasks: {
    'chat': 'разговор', 'image-text': 'описание картинок', 'embeddings': 'поиск по текстам', 'transcription': 'запись речи', 'classify': 'сортировка', 'video': 'просмотр фильмов',
  },
  waitNote: 'Обычное ожидание публикует ретранслятор: это медиана за последние десять минут, показана, когда вопросов не меньше пяти.',
};
