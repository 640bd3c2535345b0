/** What a wallet signs to prove its address to an app (TON Connect, `ton_proof`). Ours names a node: whoever runs it is paid there. */
import type {Address} from '@ton/core';
import {sha256_sync as sha256} from '@ton/crypto';

/** What is proved, beside the address. */
export interface ProofClaim {
  /** Host of the app, with its port. */
  readonly domain: string;
  /** s since 1970. */
  readonly timestamp: number;
  readonly payload: string;
}

/** A node's id as the payload of a proof. */
export const nodePayload = (node: string): string => `bombyx-node:${node}`;

function number(size: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(size);
  write(bytes);
  return bytes;
}

/** The 32 bytes that the wallet's key signs. */
export function proofHash(address: Address, {domain, timestamp, payload}: ProofClaim): Buffer {
  const host = Buffer.from(domain, 'utf8');
  const parts = [
    Buffer.from('ton-proof-item-v2/'),
    number(4, (bytes) => bytes.writeInt32BE(address.workChain)),
    address.hash,
    number(4, (bytes) => bytes.writeUInt32LE(host.length)),
    host,
    number(8, (bytes) => bytes.writeBigUInt64LE(BigInt(timestamp))),
    Buffer.from(payload, 'utf8'),
  ];
  return sha256(Buffer.concat([Buffer.from([0xff, 0xff]), Buffer.from('ton-connect'), sha256(Buffer.concat(parts))]));
}
