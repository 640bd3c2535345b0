/** The demo wallet's own dialog: says what is asked and waits for a yes or a no. */
import type {Address} from '@ton/core';
import {opcodes} from '#contracts/opcodes.ts';
import {formatAmount} from '#protocol/amount.ts';
import type {Person} from './demo-bridge.ts';
import type {DemoWallet, Review} from './demo-wallet.ts';

interface Question {
  readonly title: string;
  /** Label and value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly note: string;
  /** Why there can be no yes; empty where there can. */
  readonly obstacle: string;
  readonly yes: string;
}

const label = 'Demo wallet: devnet, coins without value';
const no = 'Reject';

/** What our own messages do, in words. */
const purposes = new Map<number, string>([
  [opcodes.TopUp, 'Deposit into your channel at the relay'],
  [opcodes.NodeClaim, 'Collect what the relay owes this computer'],
  [opcodes.RequestWithdrawal, 'Ask for money back from your channel'],
  [opcodes.FinishWithdrawal, 'Take the money out of your channel'],
  [opcodes.CancelWithdrawal, 'Keep the money in your channel'],
]);

export function personAtDialog(wallet: DemoWallet): Person {
  const facts = [['Address', friendly(wallet.address, false)]] as const;
  return {
    mayConnect: () => ask({title: 'Connect the demo wallet to this site?', facts, note: 'The site sees this address and what it has. Each payment is asked for separately.', obstacle: '', yes: 'Connect'}),
    maySend: (review, signal) => ask(questionOf(review), signal),
  };
}

function questionOf({payments, total, balance, suffices}: Review): Question {
  return {
    title: 'Send this from the demo wallet?',
    facts: [
      ...payments.flatMap(({body, to, bounce, value}) => [['What', purposeOf(body)], ['To', friendly(to, bounce)], ['Coins', formatAmount(value)]] as const),
      ['In the wallet', formatAmount(balance)],
    ],
    note: 'The network takes a small fee beside it.',
    obstacle: suffices ? '' : `The coins do not suffice: ${formatAmount(total)} and the fee are needed, ${formatAmount(balance)} are here. Reject this, get coins from the faucet, and try again.`,
    yes: 'Approve',
  };
}

function purposeOf(body: Review['payments'][number]['body']): string {
  const opcode = body && body.bits.length >= 32 ? body.beginParse().loadUint(32) : undefined;
  if (opcode === undefined) return 'A plain transfer';
  return purposes.get(opcode) ?? `A message that this wallet does not know (0x${opcode.toString(16)})`;
}

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
  dialog.setAttribute('aria-labelledby', 'demo-title');
  dialog.setAttribute('aria-describedby', 'demo-facts demo-note');
  const list = element('dl', {id: 'demo-facts'}, ...facts.flatMap(([name, value]) => [element('dt', {textContent: name}), element('dd', {textContent: value})]));
  const reject = element('button', {type: 'button', textContent: no, autofocus: true});
  reject.addEventListener('click', () => dialog.close('no'));
  const approve = element('button', {type: 'button', className: 'main', textContent: yes, disabled: obstacle !== ''});
  approve.addEventListener('click', () => dialog.close('yes'));
  dialog.append(
    element('p', {className: 'label', textContent: label}),
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
