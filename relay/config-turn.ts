/** Settings of the TURN server through which strangers' browsers may meet. */
import {resolve} from 'node:path';
import * as v from 'valibot';

const urlPattern = /^turns?:([a-z\d.-]{1,253}|\[[\da-f:.]{2,45}\])(:\d{1,5})?(\?transport=(udp|tcp))?$/;
const mostUrls = 4;

export const turnKeys = {
  BOMBYX_TURN_URLS: v.pipe(
    v.optional(v.string(), ''),
    v.transform((value) => value.split(',').map((url) => url.trim().toLowerCase()).filter((url) => url !== '')),
    v.maxLength(mostUrls, `must be at most ${mostUrls} addresses`),
    v.everyItem((url) => urlPattern.test(url), 'must be addresses such as turn:turn.example.org:3478?transport=udp'),
  ),
  BOMBYX_TURN_SECRET_FILE: v.optional(v.string(), ''),
};

export interface TurnConfig {
  /** `turn:host:port?transport=udp` and the like. */
  readonly urls: readonly string[];
  /** File with the secret that the TURN server has, too. */
  readonly secretFile: string;
}

/** Undefined where strangers meet nowhere but at the relay. */
export function readTurn(values: {readonly BOMBYX_TURN_URLS: readonly string[]; readonly BOMBYX_TURN_SECRET_FILE: string}, refuse: (reason: string) => never): TurnConfig | undefined {
  const {BOMBYX_TURN_URLS: urls, BOMBYX_TURN_SECRET_FILE: secretFile} = values;
  if (urls.length === 0 && secretFile === '') return undefined;
  if (urls.length === 0) refuse('BOMBYX_TURN_SECRET_FILE needs BOMBYX_TURN_URLS');
  if (secretFile === '') refuse('BOMBYX_TURN_URLS needs BOMBYX_TURN_SECRET_FILE');
  return {urls, secretFile: resolve(secretFile)};
}
