/** Who may come in: the right name, no foreign page, and the key. Says why not as OpenAI's clients read it. */
import type {IncomingMessage} from 'node:http';
import {Refusal} from '#sdk/openai/refusal.ts';
import {isToUs} from '../admission.ts';

export interface DoorOptions {
  readonly allowedHosts: readonly string[];
  readonly origins: readonly string[];
  hasKey(authorization: string | undefined): boolean;
}

/** What a page's browser is told before it asks. */
const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, x-bombyx-level',
  'access-control-max-age': '600',
  // Asked for by browsers before a page of the internet may reach this machine.
  'access-control-allow-private-network': 'true',
};
/** Headers of an answer that a page may read. */
const readable = 'x-request-id, x-bombyx-level, x-bombyx-node, x-bombyx-route, x-bombyx-who-could-see, x-bombyx-receipt, x-bombyx-price, x-bombyx-left-out, retry-after';

/** Headers for a page that may ask; none where no page asks. */
export const corsHeaders = ({headers: {origin}, method}: IncomingMessage, {origins}: DoorOptions): Readonly<Record<string, string>> =>
  origin === undefined || !origins.includes(origin) ? {} : {'access-control-allow-origin': origin, 'access-control-expose-headers': readable, 'vary': 'origin', ...(method === 'OPTIONS' ? preflight : {})};

/** @throws Refusal 401, 403 */
export function requireEntrance(request: IncomingMessage, {allowedHosts, origins, hasKey}: DoorOptions): void {
  const {origin} = request.headers;
  if (!isToUs(request, allowedHosts)) throw forbidden('The gateway does not answer under this name. Set BOMBYX_GATEWAY_ALLOWED_HOSTS to use another one.', 'wrong_host');
  if (origin !== undefined && !origins.includes(origin)) throw forbidden('Pages of this origin may not ask the gateway. Add it to BOMBYX_GATEWAY_ORIGINS if it is one of yours.', 'wrong_origin');
  if (request.method === 'OPTIONS' && origin !== undefined) return;
  if (!hasKey(request.headers.authorization)) throw new Refusal({status: 401, message: 'The key is missing or wrong. Send it as "Authorization: Bearer ..."; `npm run gateway -- key` shows it.', code: 'invalid_api_key'});
}

const forbidden = (message: string, code: string): Refusal => new Refusal({status: 403, message, type: 'permission_error', code});
