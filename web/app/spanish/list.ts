/** Spanish: the list of conversations. */
import type {Sections} from '../sections.ts';

export const list: Sections['list'] = {
  search: 'Buscar conversaciones',
  groups: {pinned: 'Fijadas', today: 'Hoy', yesterday: 'Ayer', week: 'Últimos 7 días', older: 'Anteriores'},
  aboutModels: 'Sobre los modelos',
  options: (title) => `Opciones de «${title}»`,
};
