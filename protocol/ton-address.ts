/** Addresses on TON: raw in the program (`0:` and 64 hex digits), in the friendly form for people (TEP-2). */
import {concat, equal, fromHex, own, toHex, type Bytes} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {bytes, struct, u8, type Wire} from './wire.ts';

/** `0:` or `-1:` and 64 lower-case hex digits. */
export type TonAddress = string & {readonly __brand: 'TonAddress'};

/** What a friendly address says beside the address. */
export interface FriendlyAddress {
  readonly address: TonAddress;
  readonly bounceable: boolean;
  readonly testnetOnly: boolean;
}

const bounceableTag = 0x11;
const plainTag = 0x51;
const testnetBit = 0x80;

/** CRC-16/XMODEM, big-endian. */
function checksum(data: Uint8Array): Bytes {
  let register = 0;
  for (const byte of data) {
    register ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) register = (register & 0x8000) === 0 ? register << 1 : (register << 1) ^ 0x1021;
    register &= 0xffff;
  }
  return Uint8Array.of(register >> 8, register & 0xff);
}

function rawOf(workchain: number, hash: Uint8Array): TonAddress {
  if (workchain !== 0 && workchain !== -1) throw new NetworkError('bad-address', 'another workchain');
  return `${workchain}:${toHex(hash)}` as TonAddress;
}

/** An address in raw or friendly form. @throws NetworkError `bad-address` */
export function tonAddress(text: string): TonAddress {
  const raw = /^(-1|0):([0-9a-f]{64})$/i.exec(text.trim());
  return raw ? (`${raw[1]}:${raw[2]?.toLowerCase()}` as TonAddress) : parseFriendly(text).address;
}

/** A friendly address with what its first byte says. @throws NetworkError `bad-address` */
export function parseFriendly(text: string): FriendlyAddress {
  if (!/^[\w+/-]{48}$/.test(text.trim())) throw new NetworkError('bad-address', 'not 48 letters');
  const data = Uint8Array.from(atob(text.trim().replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  if (!equal(data.subarray(34), checksum(data.subarray(0, 34)))) throw new NetworkError('bad-address', 'a letter is wrong');
  const tag = (data[0] ?? 0) & ~testnetBit;
  if (tag !== bounceableTag && tag !== plainTag) throw new NetworkError('bad-address', 'unknown kind');
  const address = rawOf(((data[1] ?? 0) << 24) >> 24, data.subarray(2, 34));
  return {address, bounceable: tag === bounceableTag, testnetOnly: ((data[0] ?? 0) & testnetBit) !== 0};
}

/** The form for people: `bounceable` for contracts, not for wallets. */
export function friendlyAddress(address: TonAddress, {bounceable, testnetOnly}: {bounceable: boolean; testnetOnly: boolean}): string {
  const {workchain, hash} = partsOf(address);
  const head = concat(Uint8Array.of((bounceable ? bounceableTag : plainTag) | (testnetOnly ? testnetBit : 0), workchain & 0xff), hash);
  return btoa(String.fromCharCode(...concat(head, checksum(head)))).replaceAll('+', '-').replaceAll('/', '_');
}

/** Workchain and 32 bytes. */
export function partsOf(address: TonAddress): {readonly workchain: number; readonly hash: Bytes} {
  const [workchain = '', hash = ''] = address.split(':');
  return {workchain: Number(workchain), hash: fromHex(hash)};
}

const parts = struct({workchain: u8, hash: bytes(32)});

/** 33 bytes: the workchain as one signed byte, the hash. */
export const addressField: Wire<TonAddress> = {
  write: (writer, value) => {
    const {workchain, hash} = partsOf(value);
    parts.write(writer, {workchain: workchain & 0xff, hash: own(hash)});
  },
  read: (reader) => {
    const {workchain, hash} = parts.read(reader);
    if (workchain !== 0 && workchain !== 0xff) throw new NetworkError('bad-message', 'no such workchain');
    return rawOf((workchain << 24) >> 24, hash);
  },
};
