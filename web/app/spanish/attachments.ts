/** Spanish: files in the message box and in questions. */
import type {Sections} from '../sections.ts';

export const attachments: Sections['attachments'] = {
  add: 'Adjuntar imágenes, textos o PDF',
  list: 'Archivos que se envían con el mensaje',
  note: 'Se leen en este navegador; se envían, sellados como el mensaje, cuando pulsas Enviar.',
  reading: 'Leyendo…',
  size: (bytes) => `${bytes} de texto`,
  start: (bytes, all) => `Solo se envían los primeros ${bytes} de ${all}.`,
  pages: (pages, all) => `Solo se ${pages === 1 ? 'envía la primera página' : `envían las primeras ${pages} páginas`} de ${all}.`,
  partOfPage: 'Solo se envía una parte de la primera página.',
  remove: (name) => `Quitar ${name}`,
  problems: {
    'not-text': 'Este archivo no es de texto, así que no se adjuntó.',
    'too-large': 'Este PDF ocupa más de 20 MB, así que no se adjuntó.',
    'bad-pdf': 'No se pudo leer este PDF.',
    'locked-pdf': 'Este PDF está protegido con contraseña. Guarda una copia sin ella y adjúntala.',
    'no-text': 'No hay texto en este archivo. Un PDF escaneado solo contiene imágenes.',
    'bad-picture': 'No se pudo leer esta imagen, o ocupa más de 40 MB.',
    'media': 'Los sonidos y las películas tienen su propia página: Trabajos.',
    'too-many': 'Con un mensaje van cuatro archivos como mucho. Quita antes uno.',
  },
  tasks: 'Abrir Trabajos',
  drop: 'Suelta los archivos aquí',
  show: (name, size) => `${name}, ${size}`,
  picture: (bytes) => `Imagen, ${bytes}.`,
  notePictures: 'Las imágenes se redujeron y no llevan datos del lugar ni de la cámara.',
  pictureOf: (place, all) => `Imagen ${place} de ${all}`,
  back: 'Imagen',
  leftOut: (count) => (count === 1 ? 'La imagen más antigua no cabe en esta pregunta y no se enviará.' : `Las ${count} imágenes más antiguas no caben en esta pregunta y no se enviarán.`),
  lacks: {
    pictures: 'Este modelo no ve imágenes y ninguno de los disponibles puede.',
    picturesOther: (label) => `Este modelo no ve imágenes. Elige «${label}», que sí puede.`,
    words: 'Este modelo solo responde preguntas sobre imágenes. Adjunta una o elige otro modelo.',
    wordsOther: (label) => `Este modelo solo responde preguntas sobre imágenes. Adjunta una o elige «${label}».`,
  },
};
