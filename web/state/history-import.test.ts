/** Files of conversations: our own come back as they were; those of other apps keep their branches; what is no such file takes nothing. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {modelHash, nodeId} from '#protocol/ids.ts';
import {jpegHeader, pngHeader} from '#protocol/testing/images.ts';
import {shownTurns} from './branches.ts';
import {fileLimits} from './file-fields.ts';
import {historyFile} from './history-file.ts';
import {readHistory} from './history-import.ts';
import {markdownOf} from './history-markdown.ts';
import type {ReadHistory} from './history-read.ts';
import type {Conversation, Provenance, Turn} from './views.ts';

const options = {now: 7_000_000_000_000, placeholder: '[picture]'};
const headings = {untitled: 'New conversation', user: 'You', assistant: 'Answer', picture: '[picture]'};

function read(text: string): ReadHistory {
  const reading = readHistory(text, options);
  assert.ok(reading.is === 'read', reading.is === 'refused' ? reading.why : undefined);
  return reading;
}
const refusal = (text: string) => {
  const reading = readHistory(text, options);
  return reading.is === 'refused' ? reading.why : reading;
};

const provenance: Provenance = {
  model: 'Tiny', modelHash: modelHash('ab'.repeat(32)), nodes: [nodeId('cd'.repeat(32))], level: 'mine', route: 'direct', relays: ['', 'wss://relay.example'],
  firstTokenMs: undefined, milliseconds: 1200.5, tokens: 11, price: 12_345_678_901_234_567_890n, payment: 'trial', receipt: 'valid',
};
const turn = (id: string, parent: string | null, fields: Partial<Turn> = {}): Turn => ({id, parent, role: 'user', text: `text of ${id}`, status: 'done', at: 3, ...fields});
const forked: Conversation = {
  id: 'f0-rk_ed', title: 'A “title” --> with <marks>', updated: 9, level: 'mine', pinned: true, head: 'b',
  turns: [turn('a', null), turn('b', 'a', {role: 'assistant', provenance}), turn('c', 'a', {role: 'assistant', status: 'failed', error: 'node-lost', text: ''})],
};
/** As it comes back: nothing was checked here. */
const arrived: Conversation = {...forked, turns: forked.turns.map((each) => (each.provenance ? {...each, provenance: {...provenance, receipt: 'imported'}} : each))};
/** Without what is undefined, which JSON does not know. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? `${field}n` : field)));

test('our own file brings back every branch and fact; an imported receipt is not a checked one', () => {
  const linear: Conversation = {id: 'old', title: '', updated: 1, level: 'device', sensitive: true, instructions: {system: 'Be brief.', temperature: 700}, turns: [{id: '1', role: 'user', text: 'x\r\ny', status: 'streaming', at: 0}]};
  const text = historyFile([forked, linear], 0);
  assert.match(text, /"price": "12345678901234567890"/);
  const back = read(text);
  assert.deepEqual(plain(back.conversations), plain([arrived, {...linear, turns: [{...linear.turns[0], status: 'stopped'}]}]));
  assert.equal(typeof back.conversations[0]?.turns[1]?.provenance?.price, 'bigint');
  assert.deepEqual(plain(read(historyFile(back.conversations, 0)).conversations), plain(back.conversations));
});

test('Markdown brings back the branch that is shown, whatever its texts look like', () => {
  const tricky = ['\n\nblank lines around\n\n', '<!-- bombyx message {"id":"x"} -->', '\\<!-- bombyx conversation', '# heading\n## You', ''];
  const one: Conversation = {...forked, turns: [...tricky.map((text, index) => turn(`${index}`, index === 0 ? null : `${index - 1}`, {text, role: index % 2 === 0 ? 'user' : 'assistant'})), turn('other', '0')], head: '4'};
  const two: Conversation = {id: 'two', title: '', updated: 1, level: 'device', sensitive: true, turns: [turn('a', null)]};
  const text = markdownOf([one, two], headings);
  assert.match(text, /^# New conversation$/m);
  const back = read(text);
  assert.deepEqual(back.conversations.map(({id, title, updated, level, sensitive}) => ({id, title, updated, level, sensitive})), [one, two].map(({id, title, updated, level, sensitive}) => ({id, title, updated, level, sensitive})));
  assert.deepEqual(back.conversations[0]?.turns.map((each) => each.text), tricky);
  assert.deepEqual(shownTurns(back.conversations[0] ?? two).map(({id}) => id), ['0', '1', '2', '3', '4']);
  const edited = read(text.replaceAll('\n', '\r\n').trimEnd());
  assert.equal(edited.conversations[1]?.turns[0]?.text, 'text of a');
});

const gpt = (role: string, content: unknown, fields: object = {}) => ({author: {role}, content, create_time: 1_700_000_000.25, recipient: 'all', metadata: {}, ...fields});
const say = (...parts: unknown[]) => ({content_type: 'text', parts});
const mapping = {
  root: {id: 'root', message: null, parent: null, children: ['system']},
  system: {id: 'system', message: gpt('system', say('You are …')), parent: 'root', children: ['q']},
  q: {id: 'q', message: gpt('user', {content_type: 'multimodal_text', parts: [{content_type: 'image_asset_pointer', asset_pointer: 'x'}, 'What is this?']}), parent: 'system', children: ['call', 'a2']},
  call: {id: 'call', message: gpt('assistant', {content_type: 'code', text: 'search()'}, {recipient: 'browser'}), parent: 'q', children: ['tool']},
  tool: {id: 'tool', message: gpt('tool', say('found')), parent: 'call', children: ['a1']},
  a1: {id: 'a1', message: gpt('assistant', say('A moth.')), parent: 'tool', children: ['a1b']},
  a1b: {id: 'a1b', message: gpt('assistant', say('A silk moth.')), parent: 'a1', children: []},
  a2: {id: 'a2', message: gpt('assistant', say('A bee.')), parent: 'q', children: ['hidden']},
  hidden: {id: 'hidden', message: gpt('user', say('profile'), {metadata: {is_visually_hidden_from_conversation: true}}), parent: 'a2', children: []},
};

test('a ChatGPT export keeps its branches; tools, systems and hidden messages stay out, and pictures are counted', () => {
  const back = read(JSON.stringify([{conversation_id: '1111-2222', title: 'Moth', create_time: 1_700_000_000, update_time: 1_700_000_100, current_node: 'a1b', mapping}, {title: 'Empty', mapping: {root: mapping.root}}]));
  assert.deepEqual([back.kind, back.hidden, back.files, back.omitted], ['chatgpt', 4, 1, {'empty': 1, 'too-large': 0, 'broken': 0}]);
  const [one] = back.conversations;
  assert.ok(one);
  assert.deepEqual([one.id, one.title, one.updated], ['chatgpt-1111-2222', 'Moth', 1_700_000_100_000]);
  assert.deepEqual(shownTurns(one).map(({role, text}) => [role, text]), [['user', 'What is this?'], ['assistant', 'A moth.\n\nA silk moth.']]);
  assert.deepEqual(shownTurns({...one, head: 'a2'}).map(({text}) => text), ['What is this?', 'A bee.']);
  assert.equal(one.turns.length, 3);
});

test('a message that was only a picture leaves a word in its place', () => {
  const picture = {q: {message: gpt('user', {content_type: 'multimodal_text', parts: [{content_type: 'image_asset_pointer'}]}), parent: null, children: []}};
  assert.equal(read(JSON.stringify([{title: 'x', mapping: picture}])).conversations[0]?.turns[0]?.text, '[picture]');
});

test('an Open WebUI export keeps its branches; the older form is a list', () => {
  const message = (id: string, parentId: string | null, fields: object) => ({id, parentId, childrenIds: [], timestamp: 1_700_000_000, ...fields});
  const messages = {q: message('q', null, {role: 'user', content: 'Hi', files: [{type: 'image'}]}), a: message('a', 'q', {role: 'assistant', content: 'Hello'}), b: message('b', 'q', {role: 'assistant', content: 'Good day'})};
  const tree = {id: 'c-1', title: 'Greeting', updated_at: 1_700_000_300, pinned: true, chat: {title: 'Greeting', history: {messages, currentId: 'a'}, messages: []}};
  const list = {id: 'c-2', chat: {title: 'Old', timestamp: 1_690_000_000_000, messages: [{role: 'system', content: 'Be brief'}, {role: 'user', content: 'One'}, {role: 'assistant', content: [{type: 'text', text: 'Two'}]}]}};
  const back = read(JSON.stringify([tree, list]));
  assert.deepEqual([back.kind, back.files, back.hidden], ['open-webui', 1, 1]);
  const [one, two] = back.conversations;
  assert.ok(one && two);
  assert.deepEqual(shownTurns(one).map(({text}) => text), ['Hi', 'Hello']);
  assert.deepEqual([one.turns.length, one.pinned, two.id, two.updated], [3, true, 'openwebui-c-2', 1_690_000_000_000]);
  assert.deepEqual(shownTurns(two).map(({role, text}) => [role, text]), [['user', 'One'], ['assistant', 'Two']]);
});

test('the same file gives the same ids, whatever the other app calls them', () => {
  const odd = JSON.stringify([{id: 'käse/../../x', title: 'T', mapping: {q: {message: gpt('user', say('x')), parent: null, children: []}}}]);
  assert.match(read(odd).conversations[0]?.id ?? '', /^chatgpt-[0-9a-f]{32}$/);
  assert.equal(read(odd).conversations[0]?.id, read(odd).conversations[0]?.id);
});

test('a broken conversation costs only itself', () => {
  const ring = {x: {message: gpt('user', say('x')), parent: 'y', children: ['y']}, y: {message: gpt('assistant', say('y')), parent: 'x', children: ['x']}};
  const good = {title: 'good', mapping: {q: {message: gpt('user', say('x')), parent: 'is not there', children: []}}};
  const back = read(JSON.stringify([{title: 'ring', mapping: ring}, good, {title: 'no tree', mapping: {q: 5}}, null]));
  assert.deepEqual([back.conversations.map(({title}) => title), back.omitted.broken], [['good'], 3]);
  const ours = (fields: object) => ({...JSON.parse(historyFile([forked], 0)).conversations[0], ...fields});
  const wrong = [{id: '../x'}, {updated: -1}, {turns: [{...turn('a', 'a')}]}, {turns: [turn('a', null), turn('a', null)]}, {turns: [turn('a', 'b'), turn('b', 'a')]}, {turns: [turn('a', 'c'), {...turn('b', null), parent: undefined}, turn('c', 'b')]}, {turns: [turn('a', null, {text: 'x'.repeat(fileLimits.text + 1)})]}, {level: 'everybody'}];
  const mixed = read(JSON.stringify({format: 'bombyx-conversations', version: 1, conversations: [...wrong.map(ours), ours({}), ours({id: 'empty', turns: []}), ours({turns: Array.from({length: fileLimits.turns + 1}, () => 0)})]}));
  assert.deepEqual([mixed.conversations.length, mixed.omitted], [1, {'empty': 1, 'too-large': 1, 'broken': wrong.length}]);
  const odd = JSON.parse(historyFile([forked], 0)).conversations[0];
  odd.turns[1].provenance.price = '1.5';
  assert.equal(read(JSON.stringify({format: 'bombyx-conversations', version: 1, conversations: [odd]})).omitted.broken, 1);
});

test('a chain as long as is allowed is read without a deep stack', () => {
  const long = Object.fromEntries(Array.from({length: fileLimits.turns}, (_, index) => [`${index}`, {message: gpt(index % 2 === 0 ? 'user' : 'assistant', say(`${index}`)), parent: index === 0 ? null : `${index - 1}`, children: []}]));
  const back = read(JSON.stringify([{title: 'long', mapping: long}]));
  assert.equal(back.conversations[0]?.turns.length, fileLimits.turns);
  assert.equal(read(JSON.stringify([{title: 'longer', mapping: {...long, more: {message: null, parent: null, children: []}}}])).omitted['too-large'], 1);
});

test('what is no file of conversations is refused whole, with the reason', () => {
  assert.equal(refusal('PK\u0003\u0004…'), 'zip');
  assert.equal(refusal('not JSON'), 'not-json');
  for (const other of ['{}', '[]', '3', 'null', '[{"a":1}]', '{"format":"bombyx-conversations","version":1}']) assert.equal(refusal(other), 'unknown', other);
  assert.equal(refusal('{"format":"bombyx-conversations","version":2,"conversations":[]}'), 'newer');
  assert.equal(refusal(`[${'0,'.repeat(fileLimits.conversations)}0]`), 'too-many');
});

test('pictures of questions: whole in our own file, a word in Markdown; what is no picture, too large or one too many breaks its conversation alone', () => {
  const pictured: Conversation = {...forked, id: 'seen', turns: [turn('a', null, {text: '', images: [jpegHeader(), pngHeader()]}), turn('b', 'a', {role: 'assistant', text: 'a moth'})]};
  assert.deepEqual(read(historyFile([pictured], 0)).conversations[0]?.turns[0]?.images, [jpegHeader(), pngHeader()]);
  const back = read(markdownOf([pictured], headings)).conversations[0]?.turns;
  assert.deepEqual(back?.map(({text, images}) => [text, images]), [['[picture]\n\n[picture]', undefined], ['a moth', undefined]]);
  const image = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const large = new Uint8Array(fileLimits.image + 1);
  large.set(jpegHeader());
  for (const images of [['!'], [image(new Uint8Array(40))], [image(large)], Array.from({length: 17}, () => image(jpegHeader())), 'x', [7]]) {
    const file = JSON.parse(historyFile([pictured, forked], 0));
    file.conversations[0].turns[0].images = images;
    const {conversations, omitted} = read(JSON.stringify(file));
    assert.deepEqual([conversations.map(({id}) => id), omitted.broken], [[forked.id], 1]);
  }
});
