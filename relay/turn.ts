/** Credentials for a TURN server that shares a secret with this relay: they say until when, not who (coturn's `use-auth-secret`). */
import {createHmac, randomBytes} from 'node:crypto';
import type {Clock} from '#protocol/roles/ports.ts';
import type {TurnConfig} from './config-turn.ts';
import {readSecret, requireOwnerOnly} from './money/key-files.ts';

const minSecretLength = 32;
/** An answer takes a quarter of an hour at most, and begins soon after its credentials were made. */
const lastsSeconds = 20 * 60;

/** An entry of RTCPeerConnection's `iceServers`. */
export interface TurnCredentials {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

/** The secret that relay and TURN server share. @throws Error that names the file when others may read it, or it holds no fit secret */
export function readTurnSecret(path: string): string {
  const secret = readSecret(path);
  requireOwnerOnly(path);
  if (secret.length < minSecretLength || !/^[\w.~+/=-]+$/.test(secret)) throw new Error(`${path} holds no secret: it must be one word of at least ${minSecretLength} letters and digits. Nothing was started; make one with: openssl rand -hex 32`);
  return secret;
}

/** `credential = base64(HMAC-SHA1(secret, username))`; SHA-1 is what TURN servers know. */
export const turnCredential = (secret: string, username: string): string => createHmac('sha1', secret).update(username).digest('base64');

/** Makes credentials, each under a name of its own, so that nobody at the TURN server can tell whose are whose. */
export function turnIssuer({urls, secretFile}: TurnConfig, {clock, onIssued}: {clock: Clock; onIssued(): void}): () => TurnCredentials {
  const secret = readTurnSecret(secretFile);
  return () => {
    const username = `${Math.floor(clock.now() / 1000) + lastsSeconds}:${randomBytes(12).toString('hex')}`;
    onIssued();
    return {urls, username, credential: turnCredential(secret, username)};
  };
}
