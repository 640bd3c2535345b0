/** Whom a page hears over signalling: those that it calls or expects, and the server. PeerJS would answer anybody, and so tell him where we are. Pure. */
import * as v from 'valibot';

const signalSchema = v.object({
  type: v.string(),
  src: v.optional(v.nullable(v.string())),
  payload: v.optional(v.unknown()),
});
/** PeerJS makes what `serialization` names, and one of them believes what it is sent. */
const offerSchema = v.object({type: v.literal('data'), serialization: v.literal('raw'), connectionId: v.pipe(v.string(), v.maxLength(64))});

export interface Acquaintances {
  /** Whether this peer may connect to us, and has not yet. */
  isExpected(peer: string): boolean;
  isConnected(peer: string): boolean;
}

export function mayHear(signal: unknown, {isExpected, isConnected}: Acquaintances): boolean {
  const parsed = v.safeParse(signalSchema, signal);
  if (!parsed.success) return false;
  const {type, src, payload} = parsed.output;
  if (typeof src !== 'string') return type !== 'OFFER';
  if (type !== 'OFFER') return isConnected(src) || isExpected(src);
  return isExpected(src) && v.is(offerSchema, payload);
}
