/** Spanish: what surrounds every page, and the start page. */
import type {Sections} from '../sections.ts';
import {computers, form, jobs, models} from './counting.ts';

export const shell: Sections['shell'] = {
  name: 'Bombyx',
  title: (page) => `${page} · Bombyx`,
  sharingTitle: (title) => `● ${title}`,
  navigation: 'Menú principal',
  chat: 'Chat',
  tasks: 'Trabajos',
  share: 'Compartir GPU',
  wallet: 'Cartera',
  more: 'Más',
  settings: 'Ajustes',
  privacy: 'Quién ve qué',
  network: 'La red ahora',
  operator: 'Para el operador',
  pair: 'Vincular un dispositivo',
  home: 'Bombyx, página de inicio',
  skip: 'Ir al contenido',
  install: 'Instalar la aplicación',
  notLoaded: 'Esta página no se cargó. Comprueba la conexión y ábrela de nuevo.',
  notArrived: 'Una parte de la aplicación no llegó. Comprueba la conexión y vuelve a cargar la página. No se perdió nada.',
  failed: 'Bombyx no pudo iniciarse',
  insecure: 'Los navegadores solo permiten cifrar en páginas seguras. Abre esta dirección con https o, en el equipo que ejecuta el relé, como http://localhost.',
  noStore: 'Este navegador no deja que la página guarde nada, ni siquiera sus claves. Permite los datos de este sitio, o sal de la ventana privada, y vuelve a cargar.',
  noCatalogue: 'La lista de modelos no llegó. Puede que el relé se esté reiniciando: vuelve a cargar la página en un momento. No se perdió nada.',
  dismiss: 'Cerrar',
  cancel: 'Cancelar',
  copied: 'Copiado.',
  notCopied: 'Este navegador no permitió copiar. No se copió nada; selecciona el texto y cópialo a mano.',
};

export const missing: Sections['missing'] = {
  heading: 'Esa página no existe',
  text: 'Puede que la dirección esté mal escrita o sea antigua.',
  home: 'Ir a la página de inicio',
};

export const landing: Sections['landing'] = {
  page: 'Inicio',
  heading: 'IA en equipos que la gente comparte',
  promise: 'Pregunta y responderá un equipo que elige tu navegador; o comparte tu GPU y responde a otros. Todo en una pestaña del navegador.',
  ask: 'Preguntar algo',
  share: 'Compartir mi GPU',
  factsHeading: 'Conviene saber',
  facts: [
    {title: 'Sin cuenta y sin instalar nada', text: 'Cualquier navegador puede preguntar. Uno con WebGPU puede compartir su GPU.'},
    {title: 'Sellado por el camino', text: 'Tu pregunta va cifrada para el equipo que responde. Ese equipo puede leerla; el relé que hay en medio, no.'},
    {title: 'Un recibo por cada respuesta', text: 'El equipo firma lo que hizo y tu navegador lo comprueba.'},
  ],
  connecting: 'Conectando con el relé…',
  offline: 'Ahora no se puede contactar con el relé.',
  outdated: 'El relé está ahí, pero esta página y el relé tienen versiones distintas: mira más arriba.',
  nobody: 'Conectado. Ahora ningún equipo ofrece un modelo.',
  supply: (count, most) =>
    count === 1
      ? `Conectado. Hay un modelo disponible, en ${computers(most)}.`
      : `Conectado. Hay ${models(count)} ${form(count, {one: 'disponible', many: 'disponibles', other: 'disponibles'})}; el más común, en ${computers(most)}.`,
};

export const status: Sections['status'] = {
  menu: 'Dejar de compartir',
  loading: (percent) => `Cargando · ${percent}`,
  connecting: 'Conectando…',
  ready: (done) => `Compartiendo · ${jobs(done)}`,
  finishing: (left) => `Terminando · ${form(left, {one: 'queda', many: 'quedan', other: 'quedan'})} ${jobs(left)}`,
  reconnecting: 'Reconectando…',
  recovering: 'Empezando de nuevo…',
  finish: 'Terminar y parar',
  finishHint: 'No acepta tareas nuevas y acaba las que están en curso.',
  stop: 'Parar ahora',
  stopHint: 'Suelta lo que está en curso; otros equipos lo retoman.',
  open: 'Ver detalles',
};

export const update: Sections['update'] = {
  label: 'Actualización',
  ready: 'Actualización lista. Se instalará cuando tú digas.',
  outdated: 'Esta página es más antigua que el relé y ya no puede usarse con él. Si sigue igual tras actualizar, el operador del relé aún no ha publicado la versión nueva.',
  relayOutdated: 'El relé es más antiguo que esta página y no puede usarse con ella. Debe actualizarlo su operador; tu historial funciona.',
  busy: 'Actualización lista. Se instalará tras la tarea actual.',
  waiting: 'La actualización se instalará cuando acabe la tarea actual.',
  now: 'Actualizar ahora',
  after: 'Actualizar tras esta tarea',
  draftTitle: 'Tienes un mensaje sin enviar',
  draftText: 'Al actualizar se vuelve a cargar la página y se pierde el texto que no has enviado.',
  draftYes: 'Actualizar de todos modos',
  draftNo: 'Seguir escribiendo',
};
