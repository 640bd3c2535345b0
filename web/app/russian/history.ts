/** Russian: finding, naming, exporting and importing conversations. */
import type {Sections} from '../sections.ts';
import {form, plural} from './counting.ts';

const conversations = (count: number): string => plural(count, {one: 'разговор', few: 'разговора', many: 'разговоров', other: 'разговора'});
/** After «из»: "из 5 разговоров". */
const ofConversations = (count: number): string => plural(count, {one: 'разговора', few: 'разговоров', many: 'разговоров', other: 'разговора'});
const ofMessages = (count: number): string => plural(count, {one: 'сообщения', few: 'сообщений', many: 'сообщений', other: 'сообщения'});
const results = (count: number): string => plural(count, {one: 'результат', few: 'результата', many: 'результатов', other: 'результата'});
const older = (count: number): string => plural(count, {one: 'более старую копию', few: 'более старые копии', many: 'более старых копий', other: 'более старой копии'});

export const history: Sections['history'] = {
  found: (count) => (count === 0 ? 'Ничего не найдено. Все слова должны быть в одном сообщении или названии.' : results(count)),
  foundMany: (count) => `Показаны самые новые: ${results(count)}`,
  user: 'Вы',
  assistant: 'Ответ',
  options: {
    heading: 'Разговор',
    name: 'Название',
    save: 'Сохранить название',
    needName: 'Сначала напишите название.',
    renamed: (title) => `Теперь называется «${title}».`,
    pin: 'Закрепить наверху',
    unpin: 'Открепить',
    json: 'Экспорт в JSON',
    markdown: 'Экспорт в Markdown',
    exportNote: 'В JSON — все ветви, его можно импортировать снова. В Markdown — показанная ветвь, для чтения. То и другое прочитает любой, у кого окажется файл.',
    remove: 'Удалить…',
    close: 'Закрыть',
  },
  data: {
    heading: 'Разговоры',
    text: (count) => (count === 0 ? 'В этом браузере их пока нет.' : `В этом браузере ${conversations(count)}.`),
    json: 'Экспорт всех в JSON',
    markdown: 'Экспорт всех в Markdown',
    note: 'В JSON — все ветви, его можно импортировать снова, здесь или в другом браузере. В Markdown — показанные ветви, для чтения. Ключей и ничего из кошелька там нет; то и другое прочитает любой, у кого окажется файл.',
    import: 'Импортировать файл…',
    importNote: 'Файл отсюда (JSON или Markdown), conversations.json из экспорта ChatGPT или экспорт чатов Open WebUI.',
    reading: 'Читаем файл…',
    remove: 'Удалить все разговоры',
    removeTitle: 'Удалить все разговоры?',
    removeText: (count) => `Из этого браузера ${form(count, {one: 'будет удалён', few: 'будут удалены', many: 'будет удалено', other: 'будет удалено'})} ${conversations(count)}. Если нужна копия, сначала сделайте экспорт. Отменить это нельзя.`,
    removeYes: 'Удалить все',
    keep: 'Оставить',
    removed: 'Все разговоры удалены.',
  },
  placeholder: '[картинка, не импортирована]',
  picture: '[картинка]',
  kinds: {'bombyx': 'файла Bombyx', 'markdown': 'файла Markdown', 'chatgpt': 'экспорта ChatGPT', 'open-webui': 'экспорта Open WebUI'},
  imported: {
    added: (count, all, kind) => `Импортировано из ${kind}: ${count === all ? conversations(count) : `${count} из ${ofConversations(all)}`}.`,
    replaced: (count) => `Импорт заменил ${older(count)}.`,
    kept: (count) => `Уже ${form(count, {one: 'был здесь и остался как есть', few: 'были здесь и остались как есть', many: 'было здесь и осталось как есть', other: 'было здесь и осталось как есть'})}: ${conversations(count)}.`,
    empty: (count) => `Без сообщений: ${conversations(count)}.`,
    tooLarge: (count) => `Пропущено, потому что сообщений больше 5000: ${conversations(count)}.`,
    broken: (count) => `Пропущено, потому что не удалось прочитать: ${conversations(count)}.`,
    hidden: (count) => `Без ${ofMessages(count)} от системы и инструментов: другое приложение их тоже не показывает.`,
    files: (count) => `Не ${form(count, {one: 'импортирован', few: 'импортированы', many: 'импортировано', other: 'импортировано'})} ${plural(count, {one: 'файл (картинка или другой)', few: 'файла (картинки и другие)', many: 'файлов (картинки и другие)', other: 'файла (картинки и другие)'})}.`,
    receipts: 'Чеки помечены как взятые из файла: здесь они не проверялись.',
  },
  refused: {
    'too-large': 'Ничего не импортировано: файл больше 100 МБ. Экспортируйте меньше разговоров за раз.',
    'too-many': 'Ничего не импортировано: в файле больше 20 000 разговоров. Экспортируйте меньше за раз.',
    'zip': 'Ничего не импортировано: это упакованный файл (zip). Распакуйте его и выберите conversations.json.',
    'not-json': 'Ничего не импортировано: это не JSON и не Markdown отсюда. Возможно, файл обрезан; экспортируйте его ещё раз.',
    'unknown': 'Ничего не импортировано: знакомых этому приложению разговоров в файле нет. Выберите файл отсюда, из ChatGPT (conversations.json) или из Open WebUI.',
    'newer': 'Ничего не импортировано: файл записан более новой версией приложения. Обновите приложение, затем импортируйте файл снова.',
  },
  unreadable: 'Ничего не импортировано: браузер не смог прочитать файл. Выберите его ещё раз.',
  notKept: 'Ничего не импортировано: в этом браузере нет места. Удалите модели или разговоры, затем импортируйте файл снова.',
};
