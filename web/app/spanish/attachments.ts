/** Spanish: files in the message box and in questions. */
import type {Sections} from '../sections.ts';

export const attachments: Sections['attachments'] = {
  add: 'Adjuntar archivos de texto o PDF',
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
    'media': 'Las imágenes, los sonidos y las películas tienen su propia página: Trabajos.',
    'too-many': 'Con un mensaje van cuatro archivos como mucho. Quita antes uno.',
  },
  tasks: 'Abrir Trabajos',
  drop: 'Suelta los archivos aquí',
  show: (name, size) => `${name}, ${size}`,
};
