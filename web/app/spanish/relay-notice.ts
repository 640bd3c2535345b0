/** Spanish: what the relay's operator tells everybody. */
import type {Sections} from '../sections.ts';

export const relayNotice: Sections['relayNotice'] = {
  label: 'Aviso del relé',
  from: 'Del operador de este relé:',
  paused: 'Por ahora este relé no acepta preguntas nuevas. Lo que está en curso sigue.',
  dismiss: 'Cerrar el aviso',
};
