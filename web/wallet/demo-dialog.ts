/** The demo wallet's own dialog: says what is asked and waits for a yes or a no. */
import type {Address} from '@ton/core';
import {opcodes} from '#contracts/opcodes.ts';
import {formatAmount} from '#protocol/amount.ts';
import type {Person} from './demo-bridge.ts';
import {type DemoTexts, demoTexts} from './demo-texts.ts';
import type {DemoWallet, Review} from './demo-wallet.ts';
import {pageLanguage} from './page-language.ts';

interface Question {
  readonly title: string;
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly note: string;
  /** Why there can be no yes; empty where there can. */
  readonly obstacle: string;
  readonly yes: string;
}

const words = (): DemoTexts => demoTexts[pageLanguage()];

/** Our own messages. */
const purposes = new Map<number, keyof DemoTexts['purposes']>([
  [opcodes.TopUp, 'TopUp'],
  [opcodes.NodeClaim, 'NodeClaim'],
  [opcodes.RequestWithdrawal, 'RequestWithdrawal'],
  [opcodes.FinishWithdrawal, 'FinishWithdrawal'],
  [opcodes.CancelWithdrawal, 'CancelWithdrawal'],
]);

export function personAtDialog(wallet: DemoWallet): Person {
  return {
    mayConnect: () => {
      const {address, connectTitle: title, connectNote: note, connect: yes} = words();
      return ask({title, facts: [[address, friendly(wallet.address, false)]], note, obstacle: '', yes});
    },
    maySend: (review, signal) => ask(questionOf(review), signal),
  };
}

function questionOf({payments, total, balance, suffices}: Review): Question {
  const {sendTitle: title, what, to: receiver, coins, inWallet, sendNote: note, short, approve: yes} = words();
  return {
    title,
    facts: [
      ...payments.flatMap(({body, to, bounce, value}) => [[what, purposeOf(body)], [receiver, friendly(to, bounce)], [coins, amount(value)]] as const),
      [inWallet, amount(balance)],
    ],
    note,
    obstacle: suffices ? '' : short(amount(total), amount(balance)),
    yes,
  };
}

function purposeOf(body: Review['payments'][number]['body']): string {
  const opcode = body && body.bits.length >= 32 ? body.beginParse().loadUint(32) : undefined;
  const {plain, unknown, purposes: texts} = words();
  if (opcode === undefined) return plain;
  const purpose = purposes.get(opcode);
  return purpose === undefined ? unknown(`0x${opcode.toString(16)}`) : texts[purpose];
}

const amount = (nano: bigint): string => formatAmount(nano).replace('.', words().decimal);
const friendly = (address: Address, bounceable: boolean): string => address.toString({bounceable, testOnly: true});

/** Whatever is no yes is a no: closing, the Escape key, the signal. */
function ask(question: Question, signal?: AbortSignal): Promise<boolean> {
  const dialog = dialogOf(question);
  document.body.append(dialog);
  const close = () => dialog.close();
  signal?.addEventListener('abort', close);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      signal?.removeEventListener('abort', close);
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

function dialogOf({title, facts, note, obstacle, yes}: Question): HTMLDialogElement {
  const dialog = element('dialog', {className: 'demo'});
  dialog.lang = pageLanguage();
  dialog.setAttribute('aria-labelledby', 'demo-title');
  dialog.setAttribute('aria-describedby', 'demo-facts demo-note');
  const list = element('dl', {id: 'demo-facts'}, ...facts.flatMap(([name, value]) => [element('dt', {textContent: name}), element('dd', {textContent: value})]));
  const reject = element('button', {type: 'button', textContent: words().reject, autofocus: true});
  reject.addEventListener('click', () => dialog.close('no'));
  const approve = element('button', {type: 'button', className: 'main', textContent: yes, disabled: obstacle !== ''});
  approve.addEventListener('click', () => dialog.close('yes'));
  dialog.append(
    element('p', {className: 'label', textContent: words().label}),
    element('h1', {id: 'demo-title', textContent: title}),
    list,
    element('p', {id: 'demo-note', className: obstacle ? 'warn' : 'soft', textContent: obstacle || note}),
    element('div', {className: 'row'}, reject, approve),
  );
  return dialog;
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, fields: Partial<HTMLElementTagNameMap[K]>, ...children: readonly HTMLElement[]): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), fields);
  made.append(...children);
  return made;
}
