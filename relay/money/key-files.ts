/** Keys on disk: a seed that only its owner can read, made at the first start; or one that the operator names. */
import {createPrivateKey, createPublicKey, randomBytes} from 'node:crypto';
import {linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {type Identity, identityOf} from '#protocol/identity.ts';

/** DER of PKCS #8 before the 32 bytes of an Ed25519 seed (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
const others = 0o77;

function parseSeed(hex: string, path: string): Buffer {
  if (!/^[\da-f]{64}$/i.test(hex)) throw new Error(`${path} holds no key: it must be 64 hex digits. Nothing was changed; put the key back from its copy.`);
  return Buffer.from(hex, 'hex');
}

/** @throws Error that names the file when it holds no key, or others may read it */
export function readOrMakeSeed(path: string): Buffer {
  const made = randomBytes(32);
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  mkdirSync(dirname(path), {recursive: true, mode: 0o700});
  try {
    // Whole or not at all under its name: another start may read it in this moment, or the machine stop.
    writeFileSync(draft, `${made.toString('hex')}\n`, {mode: 0o600, flag: 'wx', flush: true});
    linkSync(draft, path);
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, {force: true});
  }
  requireOwnerOnly(path);
  return readSeed(path);
}

/** @throws Error that names the file when others than its owner may read or write it */
export function requireOwnerOnly(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & others) !== 0) throw new Error(`${path} can be read by others. Nothing was started; run: chmod 600 ${path}`);
}

/** A key from a file of the operator's, whose rights are the operator's care (secrets of containers are often readable by all in there). */
export const readSeed = (path: string): Buffer => parseSeed(readSecret(path), path);

/** The text of a file that the operator named. @throws Error that names it when it can not be read */
export function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${path} can not be read. Nothing was started; check the path and who may read it.`, {cause});
  }
}

/** The identity of a seed, its key in Web Crypto, which signs seven times faster than JavaScript. */
export function identityOfSeed<Id extends string = string>(seed: Buffer): Promise<Identity<Id>> {
  const secret = createPrivateKey({key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8'});
  const privateKey = secret.toCryptoKey('Ed25519', false, ['sign']);
  const publicKey = createPublicKey(secret).toCryptoKey('Ed25519', true, ['verify']);
  return identityOf<Id>({kind: 'key-pair', pair: {privateKey, publicKey}});
}
