/** Wrong pieces on data channels, through the adapter and into a hub that takes money, as nothing but the library below is left out. */
import type {Hub} from '#protocol/roles/relay.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {type Channel, dataChannelTransport} from '../data-channel.ts';
import type {Random} from './random.ts';
import type {RawLink} from './raw-end.ts';

/** Two channels back to back, over which each message goes as it is, except those that `random` spoils on the way to the relay. */
function channelPair(random: Random | undefined): {readonly relayEnd: Transport; readonly link: RawLink} {
  const [near, far] = [half(), half()];
  let spoils = false;
  const spoil = (piece: Uint8Array): readonly (Uint8Array | string)[] => {
    if (!spoils || !random?.chance(0.02)) return [piece];
    const how = random.below(4);
    return how === 0 ? [random.mutated(piece)] : how === 1 ? [piece, piece] : how === 2 ? [] : ['text'];
  };
  const relayEnd = dataChannelTransport(near.channel({to: far, spoil: (piece) => [piece]}), () => {});
  const transport = dataChannelTransport(far.channel({to: near, spoil}), () => {});
  return {relayEnd, link: {transport, spoil: () => void (spoils = true)}};
}

/** What the library would call. */
interface Calls {
  message: (piece: string | Buffer) => void;
  closed: () => void;
}

function half() {
  const calls: Calls = {message: () => {}, closed: () => {}};
  return {
    calls,
    channel: ({to, spoil}: {to: {readonly calls: Calls}; spoil(piece: Uint8Array): readonly (Uint8Array | string)[]}): Channel => ({
      sendMessageBinary: (piece) => {
        for (const sent of spoil(piece)) setImmediate(() => to.calls.message(typeof sent === 'string' ? sent : Buffer.from(sent)));
        return true;
      },
      bufferedAmount: () => 0,
      setBufferedAmountLowThreshold: () => {},
      onBufferedAmountLow: () => {},
      onMessage: (call) => {
        calls.message = call;
      },
      onClosed: (call) => {
        calls.closed = call;
      },
      onError: () => {},
      close: () => {
        setImmediate(() => {
          calls.closed();
          to.calls.closed();
        });
      },
    }),
  };
}

/** Links to `hub` over such channels; the honest ones are left alone. */
export const dialChannel = (hub: Hub, random: Random | undefined) => async (address: string): Promise<RawLink> => {
  const {relayEnd, link} = channelPair(random);
  void hub.accept(relayEnd, {prefix: address});
  return link;
};
