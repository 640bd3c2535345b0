/** Spanish: the page about the network. */
import type {Sections} from '../sections.ts';
import {counted, form, models} from './counting.ts';

const offering = counted('equipo ofrece', 'equipos ofrecen');

export const network: Sections['network'] = {
  heading: 'La red ahora',
  lead: 'Lo que cualquiera puede saber del relé de esta aplicación: cuántos equipos hay, qué piden y cuánto se espera. No contiene el nombre, la dirección ni la pregunta de nadie.',
  loading: 'Preguntando al relé…',
  failed: 'El relé no respondió. Se le volverá a preguntar solo.',
  figures: {nodes: 'Equipos', idle: 'Listos para una tarea', running: 'Tareas en curso', waiting: 'Tareas en espera', wait: 'Espera habitual'},
  waitNote: 'La espera habitual es la mediana de los últimos diez minutos y se da a partir de cinco preguntas: con menos hablaría de personas concretas.',
  table: 'Modelos que ofrecen los equipos',
  columns: {model: 'Modelo', nodes: 'Equipos', idle: 'Listos para una tarea', gratis: 'Gratis', price: 'Precio de un millón de tokens escritos', wait: 'Espera habitual'},
  price: (lowest, median) => (lowest === median ? lowest : `desde ${lowest}, la mitad como mucho ${median}`),
  none: '–',
  nobody: 'Ahora ningún equipo ofrece un modelo.',
  others: (nodes) => `${offering(nodes)} modelos que no están en la lista de este relé.`,
  unoffered: (count) => `${models(count)} de la lista no ${form(count, {one: 'lo', many: 'los', other: 'los'})} ofrece nadie ahora.`,
  share: 'Compartir una GPU',
};
