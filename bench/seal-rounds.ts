/** Sealing a job and opening it, ours and the bare HPKE library's: the same code in Node.js and in a browser. */
import {Aes256Gcm, CipherSuite, HkdfSha256} from '@hpke/core';
import {XWing} from '@hpke/hybridkem-x-wing';
import {randomBytes} from '#protocol/bytes.ts';
import {pad} from '#protocol/padding.ts';
import {bindOffer, JobKey, sealRequest} from '#protocol/seal.ts';

const warmUp = 20;
const body = randomBytes(900);
const aad = new TextEncoder().encode('final');
const buffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

async function ours(): Promise<void> {
  const key = await JobKey.create();
  const bind = bindOffer({offer: randomBytes(1300), signature: randomBytes(64)});
  const sealed = await sealRequest(body, {kemPublicKey: key.publicKey, bind});
  const opened = await key.open(sealed, bind);
  const nonce = randomBytes(32);
  await Promise.all([sealed.responseKeys(nonce), opened.responseKeys(nonce)]);
}

async function bare(): Promise<void> {
  const suite = new CipherSuite({kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm()});
  const pair = await suite.kem.generateKeyPair();
  const info = buffer(randomBytes(50));
  const publicKey = await suite.kem.deserializePublicKey(await suite.kem.serializePublicKey(pair.publicKey));
  const sender = await suite.createSenderContext({recipientPublicKey: publicKey, info});
  const sealed = await sender.seal(buffer(pad(body, 1024)), buffer(aad));
  const recipient = await suite.createRecipientContext({recipientKey: pair, enc: sender.enc, info});
  await recipient.open(sealed, buffer(aad));
  const label = buffer(randomBytes(19));
  await Promise.all([sender.export(label, 32), recipient.export(label, 32)]);
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds per job set-up. Interleaved, so that a noisy machine hits both alike. */
export async function sealRounds(rounds: number): Promise<{ours: number[]; bare: number[]}> {
  const times = {ours: [] as number[], bare: [] as number[]};
  for (let round = -warmUp; round < rounds; round += 1) {
    const [left, right] = [await milliseconds(ours), await milliseconds(bare)];
    if (round < 0) continue;
    times.ours.push(left);
    times.bare.push(right);
  }
  return times;
}
