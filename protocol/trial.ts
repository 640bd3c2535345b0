/** What a device signs to be given free answers on one link; worth nothing on another link. */
import type {Bytes} from './bytes.ts';
import type {StatementKind} from './statement.ts';
import {bytes, struct} from './wire.ts';

/** By the device's key, over the nonce of the relay's terms. */
export const trialProof: StatementKind<{nonce: Bytes}> = {label: 'bombyx/trial/v1', fields: struct({nonce: bytes(32)})};
