/** The stage of journeys with money: a relay with a devnet of its own, and a person who uses the demo wallet. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Transaction} from '@ton/core';
import {type Browser, expect} from '@playwright/test';
import {type Person, setStage, type Stage} from './stage.ts';

export async function setMoneyStage(browser: Browser, environment: Readonly<Record<string, string>> = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'bombyx-money-'));
  const stage = await setStage(browser, {BOMBYX_NETWORK: 'devnet', BOMBYX_DATA: folder, BOMBYX_DEVNET_CONTROLS: 'on', ...environment});
  return {
    ...stage,
    end: async () => {
      await stage.end();
      rmSync(folder, {recursive: true});
    },
  };
}

const dialog = ({page}: Person) => page.locator('dialog.wallet');
const inside = ({page}: Person) => page.frameLocator('dialog.wallet iframe');

/** Presses the button that asks for a wallet, and agrees in the demo wallet. */
export async function connectDemoWallet(person: Person): Promise<void> {
  await person.page.getByRole('button', {name: 'Connect a wallet'}).click();
  await inside(person).getByRole('button', {name: 'Connect', exact: true}).click({timeout: 20_000});
  await expect(dialog(person)).toBeHidden();
}

/** Answers the demo wallet's question. */
export async function answerWallet(person: Person, answer: 'Approve' | 'Reject'): Promise<void> {
  await inside(person).getByRole('button', {name: answer, exact: true}).click({timeout: 20_000});
  await expect(dialog(person)).toBeHidden();
}

/** The newest order in the list of activity. */
export const newestOrder = ({page}: Person) => page.locator('wallet-activity li').first();

/** Sends coins into the channel. */
export async function deposit(person: Person, amount: string): Promise<void> {
  await person.page.getByRole('textbox', {name: /^Deposit/}).fill(amount);
  await person.page.getByRole('button', {name: 'Deposit', exact: true}).click();
  await answerWallet(person, 'Approve');
  await expect(newestOrder(person)).toHaveAttribute('data-state', 'confirmed', {timeout: 20_000});
}

export async function getTestCoins({page}: Person): Promise<void> {
  await page.getByRole('button', {name: 'Get 20 test coins'}).click();
  await expect(page.getByText('20 test coins have come.').first()).toBeVisible();
}

/** Goes to a page of the app without loading it again: a node that shares goes on. */
export const goTo = ({page}: Person, place: 'Chat' | 'Share GPU' | 'Wallet' | 'Settings') => page.getByRole('navigation').getByRole('link', {name: place}).click();

/** What a transaction takes out of the world, nano-coins: its fees, and what its messages carry for forwarding. */
export const burned = ({outMessages, totalFees}: Transaction): bigint =>
  [...outMessages.values()].reduce((sum, {info}) => sum + (info.type === 'internal' ? info.forwardFee : 0n), totalFees.coins);

/** Makes the devnet misbehave, or behave again. */
export const fault = (stage: Stage, mode: 'none' | 'down' | 'cut' | 'refuse' | 'drop') =>
  fetch(`${stage.relay.url}/devnet/control/faults`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({mode})});

