/** A wallet that is on another network than the relay: nothing is connected, nothing is sent, and the page says what to do. */
import {expect, test} from '@playwright/test';
import {demoNames} from '../wallet/demo-names.ts';
import {connectDemoWallet, setMoneyStage} from './money-stage.ts';

const mainnet = '-239';

test('a wallet on another network is told apart before anything is asked of it, and can be connected once it has changed', async ({browser}) => {
  const stage = await setMoneyStage(browser);
  const person = await stage.person('/settings');
  // The demo wallet as it would be on mainnet: it introduces itself so.
  await person.context.addInitScript(
    ({key, network}) => {
      if (sessionStorage.getItem('changed') !== null) return;
      let found: {tonconnect: {connect(...asked: unknown[]): Promise<{payload: {items?: object[] | undefined}}>}} | undefined;
      Object.defineProperty(globalThis, key, {
        configurable: true,
        get: () => found,
        set: (wallet: NonNullable<typeof found>) => {
          const {connect} = wallet.tonconnect;
          wallet.tonconnect.connect = async (...asked) => {
            const answer = await connect(...asked);
            return {...answer, payload: {...answer.payload, items: answer.payload.items?.map((item) => ({...item, network}))}};
          };
          found = wallet;
        },
      });
    },
    {key: demoNames.key, network: mainnet},
  );
  await person.page.goto(`${stage.relay.url}/wallet`);
  await connectDemoWallet(person);
  await expect(person.page.getByText(/is on another network\. Nothing was changed; switch the network in the wallet/).first()).toBeVisible();
  await expect(person.page.getByRole('button', {name: 'Connect a wallet'})).toBeVisible();
  await expect(person.page.locator('wallet-activity li')).toHaveCount(0);

  await person.page.evaluate(() => sessionStorage.setItem('changed', ''));
  await person.page.reload();
  await connectDemoWallet(person);
  await expect(person.page.getByRole('button', {name: 'Get 20 test coins'})).toBeVisible();
  await stage.end();
});
