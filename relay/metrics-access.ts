/** Who may read the metrics: this machine itself, and whoever has the token. For all others they do not exist. */
import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {isLoopback, nameOf, plainAddress} from './admission.ts';
import {readSecret, requireOwnerOnly} from './money/key-files.ts';

const minTokenLength = 32;
/** Marks of a proxy in front: then somebody else than this machine may be asking. */
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'] as const;
const ownNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** @throws Error that names the file when others may read it, or it holds no fit token */
export function readToken(path: string): string {
  const token = readSecret(path);
  requireOwnerOnly(path);
  if (token.length < minTokenLength || !/^[\w.~+/=-]+$/.test(token)) throw new Error(`${path} holds no token: it must be one word of at least ${minTokenLength} letters and digits. Nothing was started; make one with: openssl rand -hex 32`);
  return token;
}

/** @param token undefined lets only this machine read */
export function metricsAccess(token: string | undefined): (request: IncomingMessage) => boolean {
  const wanted = token === undefined ? undefined : digest(token);
  return (request) => {
    const [, given] = /^Bearer ([^\s]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (wanted !== undefined && given !== undefined) return timingSafeEqual(digest(given), wanted);
    return isFromHere(request);
  };
}

/** A proxy on this machine passes on what strangers ask; it names our public name, or says that it forwards. */
function isFromHere({headers, socket}: IncomingMessage): boolean {
  const address = plainAddress(socket.remoteAddress ?? '');
  return address !== undefined && isLoopback(address) && ownNames.has(nameOf(headers.host ?? '')) && forwarding.every((name) => headers[name] === undefined);
}
