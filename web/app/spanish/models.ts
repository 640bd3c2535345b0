/** Spanish: what is known of the models on offer. */
import type {Sections} from '../sections.ts';
import {agreeing, answers, computers} from './counting.ts';

const needing = agreeing('más requiere un depósito', 'más requieren un depósito');

export const models: Sections['models'] = {
  heading: 'Modelos disponibles',
  none: 'Ahora ningún equipo ofrece un modelo.',
  sort: 'Ordenar por',
  sortings: {offer: 'Equipos conectados', price: 'Precio', size: 'Tamaño', speed: 'Velocidad'},
  demo: 'modelo de demostración',
  choose: 'Elegir',
  chooseNamed: (label) => `Elegir «${label}»`,
  chosen: 'Elegido',
  chosenNamed: (label) => `Elegido: «${label}»`,
  close: 'Cerrar',
  unknown: 'aún no se sabe',
  terms: {
    computers: 'Equipos conectados',
    price: 'Precio',
    wait: 'Espera habitual',
    measured: 'Medido en este navegador',
    claimed: 'Velocidad, según ellos',
    size: 'Tamaño',
    context: 'Lee como mucho',
    fit: 'En este dispositivo',
    tasks: 'Sabe',
    licence: 'Licencia',
  },
  computers: (count, unpayable) => `${computers(count)}${unpayable > 0 ? `; ${needing(unpayable)}` : ''}`,
  mine: agreeing('de tus dispositivos', 'de tus dispositivos'),
  free: 'gratis',
  freeOf: (free, count) => `gratis en ${free} de ${computers(count)}`,
  perMillion: (lowest, highest) => (lowest === highest ? `${lowest} por millón de tokens` : `de ${lowest} a ${highest} por millón de tokens`),
  measured: (first, rate, count) => `primera palabra a los ${first}${rate === undefined ? '' : `, ${rate} tokens/s`} (mediana de ${answers(count)})`,
  claimed: (rate) => `hasta ${rate} tokens/s; nadie lo ha comprobado`,
  tokens: (count) => `${count} tokens`,
  fits: 'Podría funcionar aquí.',
  kept: 'Guardado en este navegador.',
  keptPart: (part) => `En este navegador hay guardados ${part}.`,
  tasks: {
    'chat': 'conversar', 'image-text': 'describir imágenes', 'embeddings': 'buscar en textos', 'transcription': 'transcribir voz', 'classify': 'clasificar', 'video': 'mirar películas',
  },
  waitNote: 'La espera habitual la publica el relé: es la mediana de los últimos diez minutos, a partir de cinco preguntas.',
};
