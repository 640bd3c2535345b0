/** Russian: files in the message box and in questions. */
import type {Sections} from '../sections.ts';
import {plural} from './counting.ts';

export const attachments: Sections['attachments'] = {
  add: 'Приложить тексты или PDF',
  list: 'Файлы, которые уйдут с сообщением',
  note: 'Прочитаны в этом браузере; уйдут запечатанными, как и сообщение, когда вы нажмёте «Отправить».',
  reading: 'Читаем…',
  size: (bytes) => `текст, ${bytes}`,
  start: (bytes, all) => `Отправится только начало: ${bytes} из ${all}.`,
  pages: (pages, all) => `Отправится только начало: ${plural(pages, {one: 'страница', few: 'страницы', many: 'страниц', other: 'страницы'})} из ${all}.`,
  partOfPage: 'Отправится только часть первой страницы.',
  remove: (name) => `Убрать ${name}`,
  problems: {
    'not-text': 'Это не текстовый файл, поэтому он не взят.',
    'too-large': 'Этот PDF больше 20 МБ, поэтому он не взят.',
    'bad-pdf': 'Этот PDF не удалось прочитать.',
    'locked-pdf': 'Этот PDF закрыт паролем. Сохраните копию без пароля и приложите её.',
    'no-text': 'В этом файле нет текста. В отсканированном PDF только картинки.',
    'media': 'Для картинок, звука и фильмов есть своя страница — «Задания».',
    'too-many': 'К сообщению можно приложить не больше четырёх файлов. Сначала уберите один.',
  },
  tasks: 'Открыть «Задания»',
  drop: 'Отпустите файлы здесь',
  show: (name, size) => `${name}, ${size}`,
};
