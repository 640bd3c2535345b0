/** Spanish: finding, naming, exporting and importing conversations. */
import type {Sections} from '../sections.ts';
import {agreeing, counted, form} from './counting.ts';

const conversations = counted('conversación', 'conversaciones');
const messages = counted('mensaje', 'mensajes');
const results = counted('resultado', 'resultados');
const replaced = counted('conversación sustituyó una copia anterior', 'conversaciones sustituyeron copias anteriores');
const kept = counted('conversación ya estaba aquí y queda como está', 'conversaciones ya estaban aquí y quedan como están');
const empty = agreeing('no tenía mensajes', 'no tenían mensajes');
const tooLarge = agreeing('tiene más de 5000 mensajes y se dejó fuera', 'tienen más de 5000 mensajes y se dejaron fuera');
const broken = agreeing('no se pudo leer y se dejó fuera', 'no se pudieron leer y se dejaron fuera');
const pictures = counted('imagen u otro archivo', 'imágenes u otros archivos');

export const history: Sections['history'] = {
  found: (count) => (count === 0 ? 'No se encontró nada. Todas las palabras deben estar en un mismo mensaje o título.' : results(count)),
  foundMany: (count) => `Los ${results(count)} más recientes`,
  user: 'Tú',
  assistant: 'Respuesta',
  options: {
    heading: 'Conversación',
    name: 'Nombre',
    save: 'Guardar nombre',
    needName: 'Ponle antes un nombre.',
    renamed: (title) => `Ahora se llama «${title}».`,
    pin: 'Fijar arriba',
    unpin: 'Dejar de fijar',
    json: 'Exportar como JSON',
    markdown: 'Exportar como Markdown',
    exportNote: 'JSON incluye todas las ramas y se puede volver a importar. Markdown incluye la rama que se muestra, para leerla. Quien tenga el archivo puede leer ambos.',
    remove: 'Borrar…',
    close: 'Cerrar',
  },
  data: {
    heading: 'Conversaciones',
    text: (count) => (count === 0 ? 'Aún no hay ninguna en este navegador.' : `${conversations(count)} en este navegador.`),
    json: 'Exportar todas como JSON',
    markdown: 'Exportar todas como Markdown',
    note: 'JSON incluye todas las ramas y se puede volver a importar, aquí o en otro navegador. Markdown incluye las ramas que se muestran, para leerlas. Ninguno contiene claves ni nada de la cartera; quien tenga el archivo puede leer ambos.',
    import: 'Importar un archivo…',
    importNote: 'Un archivo de aquí (JSON o Markdown), el conversations.json de una exportación de ChatGPT o una exportación de chats de Open WebUI.',
    reading: 'Leyendo el archivo…',
    remove: 'Borrar todas las conversaciones',
    removeTitle: '¿Borrar todas las conversaciones?',
    removeText: (count) => `Se ${form(count, {one: 'quitará', many: 'quitarán', other: 'quitarán'})} ${conversations(count)} de este navegador. Expórtalas antes si quieres guardar una copia. No se puede deshacer.`,
    removeYes: 'Borrar todas',
    keep: 'Conservar',
    removed: 'Se borraron todas las conversaciones.',
  },
  placeholder: '[imagen no importada]',
  picture: '[imagen]',
  kinds: {'bombyx': 'un archivo de Bombyx', 'markdown': 'un archivo Markdown', 'chatgpt': 'una exportación de ChatGPT', 'open-webui': 'una exportación de Open WebUI'},
  imported: {
    added: (count, all, kind) => `Se ${form(count, {one: 'importó', many: 'importaron', other: 'importaron'})} ${count === all ? conversations(count) : `${count} de ${conversations(all)}`} desde ${kind}.`,
    replaced: (count) => `${replaced(count)}.`,
    kept: (count) => `${kept(count)}.`,
    empty: (count) => `${empty(count)}.`,
    tooLarge: (count) => `${tooLarge(count)}.`,
    broken: (count) => `${broken(count)}.`,
    hidden: (count) => `Sin ${messages(count)} de sistemas y herramientas, que la otra aplicación tampoco muestra.`,
    files: (count) => `No se ${form(count, {one: 'importó', many: 'importaron', other: 'importaron'})} ${pictures(count)}.`,
    receipts: 'Los recibos aparecen como importados: no se comprobaron aquí.',
  },
  refused: {
    'too-large': 'No se importó nada: el archivo ocupa más de 100 MB. Exporta menos conversaciones de una vez.',
    'too-many': 'No se importó nada: el archivo tiene más de 20.000 conversaciones. Exporta menos de una vez.',
    'zip': 'No se importó nada: este archivo está comprimido (zip). Descomprímelo y elige conversations.json.',
    'not-json': 'No se importó nada: el archivo no es JSON ni un Markdown de aquí. Puede que esté cortado; expórtalo de nuevo.',
    'unknown': 'No se importó nada: no contiene conversaciones que esta aplicación conozca. Elige un archivo de aquí, de ChatGPT (conversations.json) o de Open WebUI.',
    'newer': 'No se importó nada: el archivo es de una versión más nueva de esta aplicación. Actualízala y vuelve a importarlo.',
  },
  unreadable: 'No se importó nada: el navegador no pudo leer el archivo. Elígelo de nuevo.',
  notKept: 'No se importó nada: este navegador no tiene espacio. Borra modelos o conversaciones y vuelve a importarlo.',
};
