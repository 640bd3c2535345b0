/** Russian: the page that lists the other places of the app. */
import type {Sections} from '../sections.ts';

export const more: Sections['more'] = {
  page: 'Ещё',
  heading: 'Ещё',
  tasks: 'Картинки, речь, фильмы, поиск по текстам и сортировка',
  settings: 'Внешний вид, язык, устройства, ретрансляторы, хранилище, о приложении',
  network: 'Сколько компьютеров что предлагают и по какой цене',
  privacy: 'Для каждого способа спросить: кто что читает и что не защищено',
};
