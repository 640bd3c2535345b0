/** Spanish: models that answer on this device itself. */
import type {Sections} from '../sections.ts';

export const device: Sections['device'] = {
  name: 'Modelo en este dispositivo',
  get: (label, size) => `Descargar ${label} (${size}) en este dispositivo`,
  getText: 'Se descarga una vez y se guarda en este navegador; puedes borrarlo en Ajustes. Después responde sin red.',
  metered: 'Puede que esta conexión te cueste por megabyte, así que la descarga no ha empezado.',
  anyway: (size) => `Descargar ${size} de todos modos`,
  loading: (label) => `Cargando ${label}…`,
  downloading: (label, came, all) => `Descargando ${label}: ${came} de ${all}`,
  left: (span) => `, quedan unos ${span}`,
  cancel: 'Cancelar',
  ready: (label) => `${label} está cargado en este dispositivo.`,
  unload: 'Liberar su memoria',
  shared: (label) => `Esta pestaña comparte ${label}, que también responde aquí. Tus preguntas van primero; no cabe otro modelo a su lado.`,
  sharedOther: 'Esta pestaña comparte un modelo que no sabe hacer esto, y no cabe otro a su lado. Deja de compartir para preguntar a este dispositivo.',
  elsewhere: 'Otra pestaña de este navegador comparte un modelo. Mientras este esté cargado, los dos ocupan memoria.',
  failed: (sentence) => `El modelo no se cargó. ${sentence}`,
  again: 'Intentar de nuevo',
};
