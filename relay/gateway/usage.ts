/** What the gateway says of itself when it is asked for help. */
import {moneyUsage} from './money-commands.ts';
import {pairUsage} from './pair-command.ts';

export const usage = `The Bombyx gateway: OpenAI's interface on this machine; questions leave it sealed.

  npm run gateway                 in a clone (npm run gateway -- COMMAND for the others)
  npx git+https://ADDRESS         without a clone: the address of this repository (Node.js 24 or newer)

It prints its address and key. Give both to a client of OpenAI as base URL and API key.

  gateway key                     shows the key
${[...pairUsage, ...moneyUsage].map((line) => `  ${line}`).join('\n')}

Settings, from the environment:
  BOMBYX_GATEWAY_RELAY          the relay (http://localhost:8787)
  BOMBYX_GATEWAY_HOST           where it listens (127.0.0.1)
  BOMBYX_GATEWAY_PORT           (8790; 0 takes a free one)
  BOMBYX_GATEWAY_DATA           folder of its keys (~/.bombyx/gateway)
  BOMBYX_GATEWAY_LEVEL          who may answer: network, or mine for own devices (network)
  BOMBYX_GATEWAY_DELIVERY       stream, or quiet for one block at the end (stream)
  BOMBYX_GATEWAY_DAILY_CAP      coins that it may spend in one UTC day (1)
  BOMBYX_GATEWAY_PRICE_CAP      coins that one answer may cost (0.02)
  BOMBYX_GATEWAY_ALLOWED_HOSTS  more names under which it answers
  BOMBYX_GATEWAY_ORIGINS        web pages that may ask it

docs/gateway.md says the rest.`;
