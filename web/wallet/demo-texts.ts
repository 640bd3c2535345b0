/** What the demo wallet's own dialog says, in each language. */
import type {PageLanguage} from './page-language.ts';

export interface DemoTexts {
  /** Between whole coins and the rest. */
  readonly decimal: '.' | ',';
  readonly label: string;
  readonly address: string;
  readonly what: string;
  readonly to: string;
  readonly coins: string;
  readonly inWallet: string;
  readonly connectTitle: string;
  readonly connectNote: string;
  readonly connect: string;
  readonly sendTitle: string;
  readonly sendNote: string;
  readonly approve: string;
  readonly reject: string;
  readonly plain: string;
  readonly unknown: (opcode: string) => string;
  readonly short: (needed: string, here: string) => string;
  /** What our own messages do. */
  readonly purposes: Readonly<Record<'TopUp' | 'NodeClaim' | 'RequestWithdrawal' | 'FinishWithdrawal' | 'CancelWithdrawal', string>>;
}

const en: DemoTexts = {
  decimal: '.',
  label: 'Demo wallet: devnet, coins without value',
  address: 'Address',
  what: 'What',
  to: 'To',
  coins: 'Coins',
  inWallet: 'In the wallet',
  connectTitle: 'Connect the demo wallet to this site?',
  connectNote: 'The site sees this address and what it has. Each payment is asked for separately.',
  connect: 'Connect',
  sendTitle: 'Send this from the demo wallet?',
  sendNote: 'The network takes a small fee beside it.',
  approve: 'Approve',
  reject: 'Reject',
  plain: 'A plain transfer',
  unknown: (opcode) => `A message that this wallet does not know (${opcode})`,
  short: (needed, here) => `The coins do not suffice: ${needed} and the fee are needed, ${here} are here. Reject this, get coins from the faucet, and try again.`,
  purposes: {
    TopUp: 'Deposit into your channel at the relay',
    NodeClaim: 'Collect what the relay owes this computer',
    RequestWithdrawal: 'Ask for money back from your channel',
    FinishWithdrawal: 'Take the money out of your channel',
    CancelWithdrawal: 'Keep the money in your channel',
  },
};

const ru: DemoTexts = {
  decimal: ',',
  label: 'Демокошелёк: тестовая сеть, монеты ничего не стоят',
  address: 'Адрес',
  what: 'Что',
  to: 'Кому',
  coins: 'Монеты',
  inWallet: 'В кошельке',
  connectTitle: 'Подключить демокошелёк к этому сайту?',
  connectNote: 'Сайт увидит этот адрес и его остаток. О каждом платеже спросим отдельно.',
  connect: 'Подключить',
  sendTitle: 'Отправить это из демокошелька?',
  sendNote: 'Сверх этого сеть возьмёт небольшую комиссию.',
  approve: 'Подтвердить',
  reject: 'Отклонить',
  plain: 'Обычный перевод',
  unknown: (opcode) => `Сообщение, которого этот кошелёк не знает (${opcode})`,
  short: (needed, here) => `Монет не хватает: нужно ${needed} и комиссия, а есть ${here}. Отклоните, получите тестовые монеты и попробуйте ещё раз.`,
  purposes: {
    TopUp: 'Пополнить ваш канал у ретранслятора',
    NodeClaim: 'Забрать то, что ретранслятор должен этому компьютеру',
    RequestWithdrawal: 'Запросить возврат денег из вашего канала',
    FinishWithdrawal: 'Вывести деньги из вашего канала',
    CancelWithdrawal: 'Оставить деньги в вашем канале',
  },
};

const es: DemoTexts = {
  decimal: ',',
  label: 'Cartera de demostración: red de pruebas, monedas sin valor',
  address: 'Dirección',
  what: 'Qué',
  to: 'Para',
  coins: 'Monedas',
  inWallet: 'En la cartera',
  connectTitle: '¿Conectar la cartera de demostración a este sitio?',
  connectNote: 'El sitio verá esta dirección y lo que tiene. Cada pago se pregunta por separado.',
  connect: 'Conectar',
  sendTitle: '¿Enviar esto desde la cartera de demostración?',
  sendNote: 'La red cobra aparte una pequeña comisión.',
  approve: 'Aprobar',
  reject: 'Rechazar',
  plain: 'Una transferencia normal',
  unknown: (opcode) => `Un mensaje que esta cartera no conoce (${opcode})`,
  short: (needed, here) => `No hay monedas suficientes: hacen falta ${needed} y la comisión, y hay ${here}. Recházalo, consigue monedas de prueba e inténtalo de nuevo.`,
  purposes: {
    TopUp: 'Depositar en tu canal del relé',
    NodeClaim: 'Cobrar lo que el relé debe a este equipo',
    RequestWithdrawal: 'Pedir la devolución del dinero de tu canal',
    FinishWithdrawal: 'Retirar el dinero de tu canal',
    CancelWithdrawal: 'Dejar el dinero en tu canal',
  },
};

export const demoTexts: Readonly<Record<PageLanguage, DemoTexts>> = {en, ru, es};
