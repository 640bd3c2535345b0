/** Money, whole, on the devnet: a deposit from a wallet, paid answers, vouchers off the chain, and a collection. */
import {Address, type Transaction} from '@ton/core';
import {expect, test} from '@playwright/test';
import {faucetAddress} from '../../relay/devnet/chain.ts';
import {storageFee} from '../../relay/devnet/toncenter-v2.ts';
import {answerWallet, burned, connectDemoWallet, deposit, fault, getTestCoins, goTo, newestOrder, setMoneyStage} from './money-stage.ts';
import type {NodeId} from '#protocol/ids.ts';
import {ask, details, expectAnswered, type Person, share, type Stage} from './stage.ts';

/** Coins for a million tokens: dear, so that a short answer is worth a collection. */
const price = '400';

/** Opens the share page and asks a price, paid to the demo wallet. */
async function sharePaid(sharer: Person, completion = price): Promise<void> {
  await sharer.page.getByText('For TON').click();
  await connectDemoWallet(sharer);
  await sharer.page.getByLabel(/^Price of a million tokens read/).fill('0');
  await sharer.page.getByLabel(/^Price of a million tokens written/).fill(completion);
  await share(sharer, /processor/i);
  await expect(sharer.page.getByText('Earned here')).toBeVisible({timeout: 15_000});
}

const chainOf = ({relay}: Stage) => {
  const chain = relay.money?.devnet?.chain;
  expect(chain).toBeDefined();
  return chain as NonNullable<typeof chain>;
};

/** Whether a step brings what the client granted to the vault. */
function isSettling({at, transaction}: {at: Address; transaction: Transaction}, channel: Address): boolean {
  const {inMessage} = transaction;
  return at.equals(channel) || (inMessage?.info.type === 'internal' && inMessage.info.src.equals(channel));
}

const walletAddress = async ({page}: Person) => Address.parse((await page.locator('wallet-connection dd.mono').innerText()).trim());

test('deposit, ask, pay by vouchers, collect: the wallet grows by the share of the node, and no coin is made or lost', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const chain = chainOf(stage);
  const sharer = await stage.person('/share');
  await sharePaid(sharer);
  const node = (await sharer.page.getByText(/^[0-9a-f]{64}$/).first().innerText()) as NodeId;
  await goTo(sharer, 'Wallet');
  await getTestCoins(sharer);

  const asker = await stage.person('/wallet');
  await connectDemoWallet(asker);
  await getTestCoins(asker);
  await asker.page.getByRole('textbox', {name: /^Most that one answer may cost/}).fill('1');
  await asker.page.getByRole('button', {name: 'Save'}).click();
  await deposit(asker, '5');
  await expect(asker.page.getByText('5 TON').first()).toBeVisible();

  const opened = chain.transactions.all.filter(({transaction}) => transaction.oldStatus !== 'active' && transaction.endStatus === 'active').at(-1);
  const channel = opened?.account ?? Address.parseRaw('');
  const onChain = chain.transactions.all.length;
  await goTo(asker, 'Chat');
  await asker.page.getByRole('textbox', {name: 'Message'}).fill('Count from 1 to 20.');
  await expect(asker.page.getByText(/Costs at most 0\.\d+ TON/)).toBeVisible();
  await ask(asker, 'Count from 1 to 20.');
  await expectAnswered(asker);
  const paid = /Price\s+([\d.]+) TON/.exec(await details(asker))?.[1];
  expect(paid, 'the receipt names a price').toBeDefined();
  expect(chain.transactions.all.length, 'vouchers never touch the chain').toBe(onChain);

  const {ledger} = stage.relay.money ?? {};
  const cost = BigInt(Math.round(Number(paid) * 1e9));
  await expect.poll(() => ledger?.totals().charged).toBe(cost);
  const earned = (cost * 950n) / 1000n;
  await expect.poll(() => ledger?.totals().owed).toBe(earned);
  await expect.poll(async () => (await sharer.page.locator('#earned').innerText()).replace(' TON', '')).toBe(String(Number(earned) / 1e9));

  // The chain is away in the middle: it says so, nothing is asked of the wallet, and nothing is lost.
  await fault(stage, 'down');
  await sharer.page.getByRole('button', {name: 'Collect'}).click();
  await expect(sharer.page.getByText('The TON network can not be reached now').first()).toBeVisible({timeout: 30_000});
  await expect(sharer.page.locator('wallet-activity li')).toHaveCount(0);
  await fault(stage, 'none');

  const owner = await walletAddress(sharer);
  const balance = async (of: Address) => (await chain.account(of)).balance;
  const before = await balance(owner);
  const begun = chain.transactions.all.length;
  await sharer.page.getByRole('button', {name: 'Collect'}).click();
  await answerWallet(sharer, 'Approve');
  await expect(newestOrder(sharer)).toHaveAttribute('data-state', 'confirmed', {timeout: 20_000});
  await expect(sharer.page.locator('#due')).toHaveText('0 TON');

  // The claim's own way: wallet, account, vault, wallet. What the relay did before, to fill its vault, is not at the owner's cost.
  const account = Address.parseRaw(ledger?.account(node)?.account ?? '');
  const steps = chain.transactions.all.slice(begun).filter(({account: at, transaction}) => !isSettling({at, transaction}, channel));
  // What the vault pays for its own storage is not at the owner's cost either.
  const ofVault = steps.filter(({account: at}) => at.toRawString() === stage.relay.money?.bank.terms.vault).map(({transaction}) => storageFee(transaction));
  const fees = steps.reduce((sum, {transaction}) => sum + burned(transaction), 0n) - ofVault.reduce((sum, fee) => sum + fee, 0n);
  const kept = await balance(account);
  expect((await balance(owner)) - before, 'exactly the share, less fees and what the new account keeps for its rent').toBe(earned - fees - kept);
  process.stdout.write(`  collected ${earned} nano: fees ${fees}, rent kept by the account ${kept}\n`);

  // A chain that is away does not keep paid answers from going on.
  await fault(stage, 'down');
  await ask(asker, 'What is 2 plus 3?');
  expect(await expectAnswered(asker)).toContain('5');
  await expect.poll(() => ledger?.totals().charged).toBeGreaterThan(cost);
  await fault(stage, 'none');

  const all = chain.transactions.all.map(({transaction}) => transaction);
  const made = all.reduce((sum, {inMessage}) => sum + (inMessage?.info.type === 'internal' && inMessage.info.src.equals(faucetAddress) ? inMessage.info.value.coins : 0n), 0n);
  const accounts = new Set(chain.transactions.all.map((each) => each.account.toRawString()));
  const held = await Promise.all([...accounts].map((each) => balance(Address.parseRaw(each))));
  const lost = all.reduce((sum, transaction) => sum + burned(transaction), 0n);
  expect(held.reduce((sum, coins) => sum + coins, lost), 'what the faucet made is held or burned').toBe(made);
  await stage.end();
});

test('nothing of a wallet is loaded before a click, and a wallet that says no, or a chain that says nothing, loses no coin', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const chain = chainOf(stage);
  const person = await stage.person('/wallet');
  const asked: string[] = [];
  person.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await person.page.reload();
  await expect(person.page.getByText('Nothing is loaded from wallets')).toBeVisible();
  expect(asked.filter((path) => /wallet\.html|of-wallet|wallets|devnet/.test(path)), 'before the click').toEqual([]);

  await person.page.getByRole('button', {name: 'Connect a wallet'}).click();
  await answerWallet(person, 'Reject');
  await expect(person.page.getByText('You stopped this.').first()).toBeVisible();
  await connectDemoWallet(person);
  await getTestCoins(person);
  const owner = await walletAddress(person);
  const balance = async () => (await chain.account(owner)).balance;
  const before = await balance();

  await person.page.getByRole('button', {name: 'Deposit', exact: true}).click();
  await answerWallet(person, 'Reject');
  await expect(newestOrder(person)).toHaveAttribute('data-state', 'failed');
  await expect(newestOrder(person)).toContainText('Nothing was sent');
  expect(await balance()).toBe(before);

  for (const [sum, words] of [['0', 'Nothing was done'], ['-1', 'Nothing was done'], ['0.0000000001', 'Nothing was done'], ['a lot', 'Nothing was done'], ['0.01', 'Nothing was done'], ['21', 'too few coins']] as const) {
    await person.page.getByRole('textbox', {name: /^Deposit/}).fill(sum);
    await person.page.getByRole('button', {name: 'Deposit', exact: true}).click();
    await expect(person.page.locator('amount-form#deposit').getByRole('alert')).toContainText(words);
  }

  // The devnet takes the wallet's message and the answer never comes.
  await person.page.getByRole('textbox', {name: /^Deposit/}).fill('1');
  await person.page.getByRole('button', {name: 'Deposit', exact: true}).click();
  const frame = person.page.frameLocator('dialog.wallet iframe');
  await expect(frame.getByRole('button', {name: 'Approve'})).toBeVisible({timeout: 20_000});
  const taken = '**/devnet/api/v3/message';
  await person.context.route(taken, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await answerWallet(person, 'Approve');
  await expect(person.page.getByText('The wallet did not answer').first()).toBeVisible({timeout: 20_000});
  await expect(newestOrder(person), 'found by what was kept before the wallet was asked').toHaveAttribute('data-state', 'confirmed', {timeout: 30_000});
  await person.context.unroute(taken);
  const spent = before - (await balance());
  expect(spent >= 1_000_000_000n && spent < 1_010_000_000n, `${spent} left the wallet, once`).toBe(true);

  // A chain that is away: what is deposited is still there, and the sentence says what to do.
  await fault(stage, 'down');
  await person.page.getByRole('button', {name: 'Refresh'}).click();
  await expect(person.page.getByText('The TON network can not be reached now').first()).toBeVisible({timeout: 20_000});
  await fault(stage, 'none');
  await person.page.getByRole('button', {name: 'Refresh'}).click();
  await expect(person.page.getByText(/^0\.98\d+ TON$/)).toBeVisible();
  await stage.end();
});

test('a deposit is taken out again: asked for, a day later taken, and all of it is back but for the fees', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const person = await stage.person('/wallet');
  await connectDemoWallet(person);
  await getTestCoins(person);
  await deposit(person, '2');
  await person.page.getByRole('button', {name: 'Withdraw', exact: true}).click();
  await answerWallet(person, 'Approve');
  const takeOut = person.page.getByRole('button', {name: 'Take it out'});
  await expect(takeOut).toHaveAttribute('aria-disabled', 'true', {timeout: 20_000});
  await expect(person.page.getByText('The whole deposit can be taken out from')).toBeVisible();
  await chainOf(stage).pass(24 * 3600);
  await person.page.getByRole('button', {name: 'Refresh'}).click();
  await expect(takeOut).toHaveAttribute('aria-disabled', 'false');
  await takeOut.click();
  await answerWallet(person, 'Approve');
  await expect(newestOrder(person)).toHaveAttribute('data-state', 'confirmed', {timeout: 20_000});
  await expect(person.page.getByText('No deposit yet.')).toBeVisible();
  const left = (await chainOf(stage).account(await walletAddress(person))).balance;
  // The notice to the relay takes 0.005 with it.
  expect(left > 19_980_000_000n, `${left} of 20 coins`).toBe(true);
  await stage.end();
});

test('free answers: the relay pays a computer for people without a deposit, up to a number', async ({browser}) => {
  const stage = await setMoneyStage(browser, {BOMBYX_TRIAL: '1'});
  const sharer = await stage.person('/share');
  await sharePaid(sharer, '10');
  const asker = await stage.person('/chat');
  await asker.page.getByRole('textbox', {name: 'Message'}).fill('Hello');
  await expect(asker.page.getByText(/The relay pays for it, at most 0\.\d+ TON/)).toBeVisible({timeout: 15_000});
  await ask(asker, 'Hello');
  await expectAnswered(asker);
  await expect.poll(() => stage.relay.money?.ledger.totals().owed).toBeGreaterThan(0n);
  expect(stage.relay.money?.ledger.totals().charged, 'nobody was charged').toBe(0n);
  await expect(sharer.page.locator('#balance')).not.toContainText('Earned here 0 TON');
  await goTo(asker, 'Wallet');
  await expect(asker.page.getByText('The answers that the relay pays for are used up.')).toBeVisible();
  await goTo(asker, 'Chat');
  await asker.page.getByRole('textbox', {name: 'Message'}).fill('Hello again');
  await expect(asker.page.getByRole('combobox', {name: 'Model'})).toContainText('needs a deposit', {timeout: 15_000});
  await asker.page.getByRole('textbox', {name: 'Message'}).press('Enter');
  await expect(asker.page.getByText('Deposit in the wallet first')).toBeVisible();
  await stage.end();
});
