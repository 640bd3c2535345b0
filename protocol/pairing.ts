/** The code that one device shows and another reads: both public keys of a device. Whoever holds it can be recognised, not impersonated. */
import {concat, fromHex, toHex, utf8} from './bytes.ts';
import {NetworkError} from './errors.ts';
import {type DeviceId, deviceId, type NodeId, nodeId} from './ids.ts';
import {hash} from './statement.ts';

export interface PairingKeys {
  readonly node: NodeId;
  readonly device: DeviceId;
}

const version = '1';

/** First four bytes of a hash over both keys: catches a slip of the copy. */
const checksum = ({node, device}: PairingKeys): string => toHex(hash(concat(utf8('bombyx/pairing/v1'), fromHex(node), fromHex(device))).subarray(0, 4));

/** `bombyx1:node:device:checksum` */
export const writePairingCode = (keys: PairingKeys): string => `bombyx${version}:${keys.node}:${keys.device}:${checksum(keys)}`;

/** @throws NetworkError `bad-message` when it is not a whole code */
export function readPairingCode(code: string): PairingKeys {
  const [head, node = '', device = '', sum, ...more] = code.trim().toLowerCase().split(':');
  if (head !== `bombyx${version}` || more.length > 0) throw new NetworkError('bad-message', 'not a pairing code');
  const keys = {node: nodeId(node), device: deviceId(device)};
  if (sum !== checksum(keys)) throw new NetworkError('bad-message', 'the code is not complete');
  return keys;
}
