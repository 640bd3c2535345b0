/** What two devices say to each other while they pair, each word sealed under a key of the one-time secret, all of one size. */
import {type Bytes, concat, equal, own, randomBytes, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import type {DeviceId, NodeId} from './ids.ts';
import {limits} from './limits.ts';
import {pad, unpad} from './padding.ts';
import {hash} from './statement.ts';
import {bytes, decode, encode, id, type Infer, struct, text, u8, type Wire} from './wire.ts';

const introductionFields = struct({node: id<NodeId>(32), device: id<DeviceId>(32), name: text(160), nonce: bytes(32)});
/** Who one side is. The nonce keeps a commitment to it from being guessed. */
export type PairingIntroduction = Infer<typeof introductionFields>;

/** The words, in the order in which one side may say them; each once. */
const words = {
  /** The guest binds itself before it hears who the host is: so nobody in the middle can choose keys until the numbers on both screens agree. */
  commit: struct({commitment: bytes(32)}),
  introduce: introductionFields,
  verdict: struct({agreed: u8}),
} as const;
export type PairingWord = keyof typeof words;
type Said<W extends PairingWord> = Infer<(typeof words)[W]>;

const nonceBytes = 12;
const tagBytes = 16;
const label = (word: PairingWord): Bytes => utf8(`bombyx/pair/${word}/v1`);

/** Bytes of an introduction, as both sides hash them. */
export const writeIntroduction = (said: PairingIntroduction): Bytes => encode(introductionFields, said);

/** What a guest binds itself to an introduction with. */
export const commitmentTo = (introduction: PairingIntroduction): Bytes => hash(utf8('bombyx/pair/commitment/v1'), Uint8Array.of(0), writeIntroduction(introduction));

/** Whether a guest introduced itself as it had bound itself to. */
export const isCommittedTo = (commitment: Uint8Array, introduction: PairingIntroduction): boolean => equal(commitment, commitmentTo(introduction));

const importKey = (key: Bytes, usage: 'encrypt' | 'decrypt') => crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage]);

/** Seals one word under the key of its direction. */
export async function sealWord<W extends PairingWord>(key: Bytes, word: W, said: Said<W>): Promise<Bytes> {
  const iv = randomBytes(nonceBytes);
  const padded = pad(encode(words[word] as Wire<Said<W>>, said), limits.pairingWordBytes - nonceBytes - tagBytes);
  const sealed = await crypto.subtle.encrypt({name: 'AES-GCM', iv, additionalData: label(word)}, await importKey(key, 'encrypt'), padded);
  return concat(iv, new Uint8Array(sealed));
}

/** Opens a word that has to be this one. @throws NetworkError `tampered` */
export async function openWord<W extends PairingWord>(key: Bytes, word: W, sealed: Uint8Array): Promise<Said<W>> {
  try {
    const [iv, body] = [own(sealed.subarray(0, nonceBytes)), own(sealed.subarray(nonceBytes))];
    const padded = await crypto.subtle.decrypt({name: 'AES-GCM', iv, additionalData: label(word)}, await importKey(key, 'decrypt'), body);
    return decode(words[word] as Wire<Said<W>>, unpad(new Uint8Array(padded)));
  } catch (error) {
    throw new NetworkError('tampered', `not the ${word} of this pairing`, {cause: error});
  }
}
