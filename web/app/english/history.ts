/** English: finding, naming, exporting and importing conversations. */
import {plural} from './counting.ts';

const conversations = (count: number): string => plural(count, {one: 'conversation', other: 'conversations'});
const messages = (count: number): string => plural(count, {one: 'message', other: 'messages'});

export const history = {
  found: (count: number): string => (count === 0 ? 'Nothing found. All words have to be in one message or title.' : plural(count, {one: 'result', other: 'results'})),
  /** The list ends there. */
  foundMany: (count: number): string => `The newest ${plural(count, {one: 'result', other: 'results'})}`,
  user: 'You',
  assistant: 'Answer',
  options: {
    heading: 'Conversation',
    name: 'Name',
    save: 'Save name',
    needName: 'Give it a name first.',
    renamed: (title: string): string => `Now named “${title}”.`,
    pin: 'Pin to the top',
    unpin: 'Unpin',
    json: 'Export as JSON',
    markdown: 'Export as Markdown',
    exportNote: 'JSON has every branch and can be imported again. Markdown has the branch that is shown, to read. Both are readable to whoever has the file.',
    remove: 'Delete…',
    close: 'Close',
  },
  data: {
    heading: 'Conversations',
    text: (count: number): string => (count === 0 ? 'There are none in this browser yet.' : `${conversations(count)} in this browser.`),
    json: 'Export all as JSON',
    markdown: 'Export all as Markdown',
    note: 'JSON has every branch and can be imported again, here or in another browser. Markdown has the shown branches, to read. Neither holds keys or anything of the wallet; both are readable to whoever has the file.',
    import: 'Import a file…',
    importNote: 'A file from here (JSON or Markdown), conversations.json of a ChatGPT export, or a chat export of Open WebUI.',
    reading: 'Reading the file…',
    remove: 'Delete all conversations',
    removeTitle: 'Delete all conversations?',
    removeText: (count: number): string => `${conversations(count)} will be removed from this browser. Export them first if you want to keep a copy. This can’t be undone.`,
    removeYes: 'Delete all',
    keep: 'Keep',
    removed: 'All conversations were deleted.',
  },
  /** What stands where a message was only a picture. */
  placeholder: '[picture, not imported]',
  picture: '[picture]',
  kinds: {'bombyx': 'a Bombyx file', 'markdown': 'a Markdown file', 'chatgpt': 'a ChatGPT export', 'open-webui': 'an Open WebUI export'},
  imported: {
    added: (count: number, all: number, kind: string): string => `Imported ${count === all ? conversations(count) : `${count} of ${conversations(all)}`} from ${kind}.`,
    replaced: (count: number): string => `${plural(count, {one: 'conversation replaced an older copy', other: 'conversations replaced older copies'})}.`,
    kept: (count: number): string => `${plural(count, {one: 'conversation was already here and stays as it is', other: 'conversations were already here and stay as they are'})}.`,
    empty: (count: number): string => `${count} had no messages.`,
    tooLarge: (count: number): string => `${plural(count, {one: 'has', other: 'have'})} more than 5,000 messages and ${count === 1 ? 'was' : 'were'} left out.`,
    broken: (count: number): string => `${count} could not be read and ${count === 1 ? 'was' : 'were'} left out.`,
    hidden: (count: number): string => `Without ${messages(count)} of systems and tools, which the other app does not show either.`,
    files: (count: number): string => `${plural(count, {one: 'picture or other file was', other: 'pictures or other files were'})} not imported.`,
    receipts: 'Receipts show as imported: they were not checked here.',
  },
  refused: {
    'too-large': 'Nothing was imported: the file is larger than 100 MB. Export fewer conversations at a time.',
    'too-many': 'Nothing was imported: the file has more than 20,000 conversations. Export fewer at a time.',
    'zip': 'Nothing was imported: this is a packed (zip) file. Unpack it and choose conversations.json.',
    'not-json': 'Nothing was imported: the file is neither JSON nor Markdown from here. It may be cut off; export it again.',
    'unknown': 'Nothing was imported: there are no conversations in it that this app knows. Choose a file from here, from ChatGPT (conversations.json) or from Open WebUI.',
    'newer': 'Nothing was imported: a newer version of this app wrote the file. Update the app, then import it again.',
  },
  unreadable: 'Nothing was imported: the browser could not read the file. Choose it again.',
  notKept: 'Nothing was imported: this browser has no room for it. Delete models or conversations, then import it again.',
};
