/** Asks who offers what at which price, for as long as somebody who shares looks at it. */
import type {NodeId} from '#protocol/ids.ts';
import {type Families, type Market, type MarketView, ratesOf} from '../state/market.ts';
import {store} from '../state/store.ts';
import type {PageNetwork} from './client.ts';
import {lookWhileVisible} from './look-while-visible.ts';

const everyMs = 10_000;

export function createMarket(network: Pick<PageNetwork, 'directory'>, {families, own}: {readonly families: Families; readonly own: NodeId}): Market {
  const view = store<MarketView>({rates: undefined});
  const look = async () => {
    // Without a relay the last look stays: the page says elsewhere that there is none.
    const records = await network.directory().catch(() => undefined);
    if (records) view.set({rates: ratesOf(records, {families, own})});
  };
  return {
    view,
    watch: () => lookWhileVisible(look, everyMs),
  };
}
