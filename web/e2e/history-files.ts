/** Files of conversations as other apps export them. */

const file = (name: string, value: unknown) => ({name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(value))});
const message = (role: string, parts: readonly unknown[], fields: object = {}) => ({author: {role}, create_time: 1_700_000_000, recipient: 'all', metadata: {}, content: {content_type: 'text', parts}, ...fields});

/** The question has two answers, the second one shown; the first is about a café. */
const fork = {
  root: {id: 'root', message: null, parent: null, children: ['system']},
  system: {id: 'system', message: message('system', ['Be kind'], {metadata: {is_visually_hidden_from_conversation: true}}), parent: 'root', children: ['q']},
  q: {id: 'q', message: message('user', [{content_type: 'image_asset_pointer'}, 'Where shall we meet?']), parent: 'system', children: ['first', 'second']},
  first: {id: 'first', message: message('assistant', ['In the CAFÉ by the river.']), parent: 'q', children: []},
  second: {id: 'second', message: message('assistant', ['At the station.']), parent: 'q', children: []},
};

/** Long enough that its beginning is out of sight when its end is shown. */
const long = Object.fromEntries(Array.from({length: 60}, (_, index) => [`m${index}`, {
  id: `m${index}`,
  message: message(index % 2 === 0 ? 'user' : 'assistant', [index === 4 ? 'The hidden needle lies here.' : `Line ${index} of a long talk about nothing in particular.`]),
  parent: index === 0 ? null : `m${index - 1}`,
  children: [],
}]));

export const chatGptExport = file('conversations.json', [
  {conversation_id: 'forked', title: 'Meeting', create_time: 1_700_000_000, update_time: 1_700_000_100, current_node: 'second', mapping: fork},
  {conversation_id: 'long', title: 'A long talk', create_time: 1_700_000_000, update_time: 1_700_000_050, current_node: 'm59', mapping: long},
  {conversation_id: 'empty', title: 'Nothing', create_time: 1, update_time: 1, mapping: {root: fork.root}},
]);

export const openWebUiExport = file('chat-export.json', [{
  id: 'owui', title: 'Greeting', updated_at: 1_700_000_300,
  chat: {title: 'Greeting', history: {currentId: 'a', messages: {
    q: {id: 'q', parentId: null, childrenIds: ['a'], role: 'user', content: 'Good morning', timestamp: 1_700_000_000},
    a: {id: 'a', parentId: 'q', childrenIds: [], role: 'assistant', content: 'Good morning to you', timestamp: 1_700_000_001},
  }}},
}]);

export const noConversations = file('other.json', {some: 'thing'});
