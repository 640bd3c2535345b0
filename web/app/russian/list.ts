/** Russian: the list of conversations. */
import type {Sections} from '../sections.ts';

export const list: Sections['list'] = {
  search: 'Поиск по разговорам',
  groups: {pinned: 'Закреплённые', today: 'Сегодня', yesterday: 'Вчера', week: 'Последние 7 дней', older: 'Раньше'},
  aboutModels: 'О моделях',
  options: (title) => `Действия с «${title}»`,
};
