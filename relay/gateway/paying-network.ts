/** A client's questions as the gateway pays them: one that a deposit can save is asked again, and one that the day's cap stopped says so. */
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {ClientQuestion} from '#protocol/roles/client.ts';
import type {GatewayMoney} from './gateway-money.ts';

interface Asking {
  ask(question: ClientQuestion): AsyncIterable<AskEvent>;
  forgetPayments(): void;
}

export const payingNetwork = <N extends Asking>(network: N, money: Pick<GatewayMoney, 'hasNewDeposit' | 'explain'>): N => ({...network, ask: (question: ClientQuestion) => paid(network, {money, question})});

interface PaidQuestion {
  readonly money: Pick<GatewayMoney, 'hasNewDeposit' | 'explain'>;
  readonly question: ClientQuestion;
}

async function* paid(network: Asking, {money, question}: PaidQuestion): AsyncGenerator<AskEvent, void> {
  for (let tries = 0; ; tries += 1) {
    let isBound = false;
    try {
      for await (const event of network.ask(question)) {
        isBound ||= event.type === 'bound';
        yield event;
      }
      return;
    } catch (error) {
      // Of what was begun a part may be told already.
      if (isBound || tries > 0 || question.signal.aborted || !(await money.hasNewDeposit(error))) throw money.explain(error);
      network.forgetPayments();
    }
  }
}
