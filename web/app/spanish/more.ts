/** Spanish: the page that lists the other places of the app. */
import type {Sections} from '../sections.ts';

export const more: Sections['more'] = {
  page: 'Más',
  heading: 'Más',
  tasks: 'Imágenes, voz, películas y textos para buscar o clasificar',
  settings: 'Apariencia, idioma, dispositivos, relés, almacenamiento, sobre la aplicación',
  network: 'Cuántos equipos ofrecen qué, y a qué precio',
  privacy: 'Para cada forma de preguntar: quién lee qué y qué no está protegido',
};
