/** Many nodes that do nothing, for `idle`: they come in, answer pings, and stay until their parent is done. Arguments: port, number. */
import {dialRelay, enterAsNode, freshNode, RawEnd} from '../relay/testing/raw-end.ts';

const [port = 0, number = 0] = process.argv.slice(2).map(Number);
/** So many come in at one time; a step must not take longer than the relay waits for it. */
const atOnce = 50;

async function comeIn(index: number): Promise<void> {
  const end = new RawEnd(await dialRelay(port, `127.0.0.${index % 250}`));
  if (!(await enterAsNode(end, {identity: await freshNode(), slots: 1}))) throw new Error('a node was not let in');
}

for (let index = 0; index < number; index += atOnce) await Promise.all(Array.from({length: Math.min(atOnce, number - index)}, (_, offset) => comeIn(index + offset)));
process.send?.('in');
process.once('disconnect', () => process.exit());
