/** The gateway's settings for money: where it keeps what it must not lose, and how much it may spend. */
import type * as v from 'valibot';
import {coins} from '../config-fields.ts';

/** For the gateway's whole schema. */
export const gatewayMoneyKeys = {
  BOMBYX_GATEWAY_DAILY_CAP: coins('1'),
  BOMBYX_GATEWAY_PRICE_CAP: coins('0.02'),
};

export interface GatewayMoneyConfig {
  /** Key, purse and orders; for its owner alone. */
  readonly folder: string;
  /** The most that is granted in one UTC day, nano-coins. */
  readonly dailyCap: bigint;
  /** The most that one question may cost, nano-coins. */
  readonly priceCap: bigint;
}

export const readGatewayMoney = (values: v.InferOutput<v.ObjectSchema<typeof gatewayMoneyKeys, undefined>>, folder: string): GatewayMoneyConfig => ({
  folder,
  dailyCap: values.BOMBYX_GATEWAY_DAILY_CAP,
  priceCap: values.BOMBYX_GATEWAY_PRICE_CAP,
});
