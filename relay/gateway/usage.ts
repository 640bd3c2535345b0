/** What the gateway says of itself when it is asked for help. */

const usage = `The Bombyx gateway: OpenAI's interface on this machine; questions leave it sealed.

  npm run gateway             in a clone (npm run gateway -- --help shows this)
  npx bombyx-gateway          the same

It prints its address and key. Give both to a client of OpenAI as base URL and API key.

Settings, from the environment:
  BOMBYX_GATEWAY_RELAY          the relay (http://localhost:8787)
  BOMBYX_GATEWAY_HOST           where it listens (127.0.0.1)
  BOMBYX_GATEWAY_PORT           (8790; 0 takes a free one)
  BOMBYX_GATEWAY_DATA           folder of its key (~/.bombyx/gateway)
  BOMBYX_GATEWAY_LEVEL          who may answer: network, or mine for own devices (network)
  BOMBYX_GATEWAY_DELIVERY       stream, or quiet for one block at the end (stream)
  BOMBYX_GATEWAY_ALLOWED_HOSTS  more names under which it answers
  BOMBYX_GATEWAY_ORIGINS        web pages that may ask it

docs/gateway.md says the rest.
`;

/** What to print instead of a start; undefined where a start was asked for. @throws Error where this Node.js is too old */
export function usageFor(args: readonly string[]): string | undefined {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return usage;
  if (typeof WebSocket === 'undefined') throw new Error(`The gateway needs Node.js 24 or newer; this is ${process.version}. In a clone, npm run gateway brings its own.`);
  return undefined;
}
