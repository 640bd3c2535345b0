/** Whoever imports a file reads what came of each conversation in it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fileLimits} from '../state/file-fields.ts';
import type {ReadHistory} from '../state/history-read.ts';
import type {Conversation} from '../state/views.ts';
import {formatBytes, formatCount} from './figures.ts';
import {reportOfImport} from './history-report.ts';
import {historyTexts} from './history-texts.ts';

const conversation = (id: string): Conversation => ({id, title: id, updated: 0, level: 'network', turns: []});
const reading: ReadHistory = {is: 'read', kind: 'chatgpt', conversations: [conversation('a'), conversation('b')], omitted: {'empty': 0, 'too-large': 0, 'broken': 0}, hidden: 0, files: 0};

test('all came: one sentence', () => {
  assert.deepEqual(reportOfImport(reading, {added: 2, replaced: 0, kept: 0}), ['Imported 2 conversations from a ChatGPT export.']);
});

test('each that did not come is accounted for', () => {
  const report = reportOfImport({...reading, omitted: {'empty': 2, 'too-large': 1, 'broken': 1}, hidden: 3, files: 1}, {added: 0, replaced: 1, kept: 1});
  assert.deepEqual(report, [
    'Imported 1 of 6 conversations from a ChatGPT export.',
    '1 conversation replaced an older copy.',
    '1 conversation was already here and stays as it is.',
    '2 had no messages.',
    '1 has more than 5,000 messages and was left out.',
    '1 could not be read and was left out.',
    'Without 3 messages of systems and tools, which the other app does not show either.',
    '1 picture or other file was not imported.',
  ]);
});

test('the bounds that are told are the bounds that hold', () => {
  const {imported, refused} = historyTexts;
  assert.ok(imported.tooLarge(1).includes(formatCount(fileLimits.turns)));
  assert.ok(refused['too-large'].includes(formatBytes(fileLimits.bytes)));
  assert.ok(refused['too-many'].includes(formatCount(fileLimits.conversations)));
});
