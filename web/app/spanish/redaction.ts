/** Spanish: hiding personal details before sending. */
import type {Sections} from '../sections.ts';
import {counted} from './counting.ts';

export const redaction: Sections['redaction'] = {
  heading: 'Ocultar datos personales',
  on: 'Ocultar datos personales a los equipos de la red',
  onNote: 'Antes de enviar una pregunta a un equipo que no es tuyo, los nombres, correos electrónicos, teléfonos, tarjetas, cuentas bancarias, direcciones postales y de red, fechas de nacimiento y enlaces con contraseñas se sustituyen por marcadores como [name-1]. Las respuestas muestran de nuevo los reales.',
  honest: 'Sigue reglas fijas, en inglés, ruso y español, así que es una ayuda y se le escapan cosas: lee lo que envías. El resto de tu pregunta aún puede revelar quién eres. Las preguntas a tus propios dispositivos se envían tal cual. Lo que se lee en las imágenes también se envía tal cual.',
  terms: 'Ocultar siempre esto',
  termsNote: 'Una palabra o expresión por línea. La lista se queda en este navegador.',
  termsPlaceholder: 'Proyecto Halcón',
  saveTerms: 'Guardar lista',
  saved: 'La lista está guardada.',
  asIs: 'Se envían tal cual',
  hideAgain: 'Volver a ocultar',
  hideAgainNamed: (value) => `Volver a ocultar: «${value}»`,
  hidden: counted('dato oculto', 'datos ocultos'),
  show: 'ver',
  sendAsIs: 'Enviar tal cual',
  sendAsIsNamed: (value) => `Enviar tal cual: «${value}»`,
  willBeSent: 'Se enviará tal cual desde la próxima pregunta',
  kinds: {
    term: 'De tu lista', secret: 'Clave o token', link: 'Enlace con contraseña o token', email: 'Correo electrónico', iban: 'Cuenta bancaria', card: 'Tarjeta de pago', birth: 'Fecha de nacimiento', ip: 'Dirección de red', address: 'Dirección postal', phone: 'Teléfono', name: 'Nombre',
  },
};
