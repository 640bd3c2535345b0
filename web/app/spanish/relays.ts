/** Spanish: the relays that a person uses. */
import type {Sections} from '../sections.ts';
import {answers, counted} from './counting.ts';

const linksOf = counted('conexión', 'conexiones');
const questions = counted('pregunta', 'preguntas');
const secondsOf = counted('segundo', 'segundos');

export const relays: Sections['relays'] = {
  heading: 'Relés',
  text: 'Un relé sabe qué equipos hay y les lleva preguntas selladas. Además del relé de esta aplicación puedes usar los de otros operadores: si uno desaparece, las preguntas siguen por otro.',
  own: 'El relé de esta aplicación',
  noOthers: 'Este relé no nombra otros que la aplicación pueda usar.',
  others: 'Relés de otros operadores',
  meaning: 'Quien lleva un relé que eliges ve tu dirección IP y que preguntas o compartes, cuándo, qué modelo y cuánto más o menos: ahora y cada vez que la aplicación mira quién está. Nunca el contenido. Mientras compartes, la gente de allí también puede preguntar a este equipo, gratis.',
  states: {unused: 'Sin usar', connecting: 'Conectando…', open: 'Conectado'},
  lost: (time) => `Sin contacto desde las ${time}`,
  banned: 'No deja entrar a esta dirección por un tiempo',
  same: 'Es el relé de esta aplicación con otra dirección, así que no se usa dos veces',
  changed: 'Sin usar: su clave es otra',
  badRecord: 'No pudo mostrar quién es, así que no se usa',
  operator: 'Operador',
  address: 'Dirección',
  contact: 'Contacto',
  noContact: 'No indicado',
  fee: 'Se queda de cada pago',
  noFee: 'Nada; allí todas las respuestas son gratis',
  freeAnswers: 'Paga',
  answers,
  limits: 'Límites',
  limitTexts: ({links, jobs, seconds}) => `${linksOf(links)} desde una dirección, ${questions(jobs)} a la vez, dice que está ocupado tras ${secondsOf(seconds)}`,
  key: 'Clave',
  checked: 'Firma comprobada.',
  pinned: 'Firma comprobada; la misma clave que la primera vez.',
  changedTitle: 'Este relé muestra una clave distinta de la de antes',
  changedText: 'Puede que lo hayan instalado de nuevo, o que otro responda en su dirección. No se usa. Antes de seguir, pregunta a su operador si la clave nueva es correcta.',
  before: 'Clave del principio',
  now: 'Clave de ahora',
  trust: 'Usarlo con la clave nueva',
  sharing: 'Compartiendo por él',
  sharingStates: {connecting: 'Conectando…', open: 'La gente de allí puede preguntar a este equipo'},
  sharingLeft: (why) => `Allí no se comparte. ${why}`,
  shareHeading: 'También por relés de otros operadores',
  shareFree: 'Allí este equipo responde gratis: solo puede pagarte el relé de esta aplicación. Si no lo quieres, quítalos en Ajustes.',
  shareNote: 'La gente de allí también puede preguntar a este equipo. Todos los relés llenan los mismos huecos, así que ninguna tarea quita el sitio a otra.',
  shareIdle: 'Cuando compartas',
};
