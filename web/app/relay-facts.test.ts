/** What a relay says of itself comes from a stranger: it is shown as text, and only a plain address leads anywhere. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {RelayId} from '#protocol/ids.ts';
import type {RelayRecord} from '#protocol/relay-record.ts';
import {hostOf} from './host-of.ts';
import {nameOf, recordFacts, stateText} from './relay-facts.ts';

const record: RelayRecord = {relay: 'ab'.repeat(32) as RelayId, issued: 1, expires: 2, name: 'Mühle', address: 'https://b.example', contact: '', feePermille: 50, freeAnswers: 3, linksPerAddress: 64, jobsPerLink: 16, waitSeconds: 60};
const hrefOf = (contact: string) => recordFacts({...record, contact}).find(({term}) => term === 'Contact')?.href;

test('recordFacts(): a contact leads to a page or a mailbox, and anything else nowhere', () => {
  assert.equal(hrefOf('https://b.example/help'), 'https://b.example/help');
  assert.equal(hrefOf('help@b.example'), 'mailto:help@b.example');
  for (const contact of ['', 'javascript:alert(1)', 'data:text/html,x', 'help@b.example?subject=x', 'https://b.example/ x', ' https://b.example', '//b.example', 'https:b.example']) assert.equal(hrefOf(contact), undefined, contact);
});

test('recordFacts(): a relay without money says so', () => {
  const free = recordFacts({...record, feePermille: 0, freeAnswers: 0, address: ''}).map(({text}) => text);
  assert.deepEqual(free, ['Mühle', 'None named', 'Nothing; all answers there are free', '64 links from one address, 16 questions at a time, says it is busy after 60 seconds', 'abababab']);
  const paid = recordFacts(record).map(({text}) => text);
  assert.ok(paid.includes('5%') && paid.includes('3 answers') && paid.includes('https://b.example'), paid.join(' | '));
});

test('nameOf(): the name that it says, else its host; ours is ours', () => {
  assert.equal(nameOf({address: 'https://b.example', record}), 'Mühle');
  assert.equal(nameOf({address: 'https://b.example:8787', record: undefined}), 'b.example:8787');
  assert.equal(nameOf({address: '', record: undefined}), 'The relay of this app');
  assert.equal(hostOf('nonsense'), 'nonsense');
});

test('stateText(): since when it is gone', () => {
  const since = new Date(2026, 10, 26, 14, 5).getTime();
  assert.match(stateText({is: 'lost', since, code: 'offline'}), /^Not reached since (14|2):05/);
  assert.equal(stateText({is: 'lost', since, code: 'banned'}), 'It keeps this address out for a while');
  assert.equal(stateText({is: 'lost', since, code: 'relay-changed'}), 'Not used: its key is another one');
  assert.equal(stateText({is: 'open'}), 'Open');
});
