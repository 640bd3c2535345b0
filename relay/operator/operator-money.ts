/** The relay's money for its operator: what the books say against what the vault holds. Asked of the chain in the background, so that a slow chain does not keep the page waiting. */
import type {Money} from '../money/money.ts';

/** Between two looks at books and chain, ms. */
const freshMs = 15_000;

/** Sums in nano-coins, in decimal. */
export interface MoneyNow {
  readonly network: string;
  /** Over everything since the start: what clients granted, were charged, and what the vault claimed of it; what computers earned, collected or not. */
  readonly granted: string;
  readonly charged: string;
  readonly claimed: string;
  readonly owed: string;
  /** Null while the chain has not answered. */
  readonly vault: {readonly balance: string; readonly dailyCap: string; readonly paidToday: string} | null;
}

export class OperatorMoney {
  readonly #money: Pick<Money, 'vault'> & {readonly ledger: Pick<Money['ledger'], 'totals'>};
  readonly #network: string;
  #looked = -Infinity;
  #vault: MoneyNow['vault'] = null;
  #totals: ReturnType<Money['ledger']['totals']> | undefined;

  constructor(money: Pick<Money, 'vault'> & {readonly ledger: Pick<Money['ledger'], 'totals'>}, network: string) {
    this.#money = money;
    this.#network = network;
  }

  /** What was known last; a stale look is renewed meanwhile. */
  read(now: number): MoneyNow {
    if (this.#totals === undefined || now - this.#looked > freshMs) {
      this.#looked = now;
      this.#totals = this.#money.ledger.totals();
      void this.look();
    }
    const {granted, charged, claimed, owed} = this.#totals;
    return {network: this.#network, granted: String(granted), charged: String(charged), claimed: String(claimed), owed: String(owed), vault: this.#vault};
  }

  /** Asks the chain. Never rejects: while it is away, nothing is known of the vault. */
  async look(): Promise<void> {
    const vault = await this.#money.vault().catch(() => undefined);
    this.#vault = vault ? {balance: String(vault.balance), dailyCap: String(vault.dailyCap), paidToday: String(vault.paidThisDay)} : null;
  }
}
