/** Which version of the protocol this code speaks, and what two sides hear that differ. */
import type {ErrorCode} from './errors.ts';
import type {Reader, Wire} from './wire.ts';

/**
 * The version of all that follows `hello`. It must rise by one whenever a side of the version before would misread something or be cut off: another body, another
 * meaning, a step that is newly required, or a kind that is sent unasked. The envelope, `hello` up to its version, and `failed` stay as they are for ever, so that
 * any two versions can tell each other that they differ.
 *
 * 1: `hello` did not say a version. `queued` got its `etaMs` without a rise, so two sides of version 1 may still misread each other there.
 * 2: `hello` says it. `idle`; `welcome` may ask for work and `match` bring it; `redirect` to another relay of a cluster; `about` asks who a relay is; `meet` and its
 *    answers move an answer to a TURN server.
 */
export const spokenVersion = 2;

/** The version in `hello`: absent it is 1, and what another version may have behind it is not looked at. */
export const versionField: Wire<number> = {
  write: (writer, value) => writer.number(value, 2),
  read: (reader) => {
    if (reader.remaining === 0) return 1;
    const version = reader.number(2);
    if (version !== spokenVersion) skipRest(reader);
    return version;
  },
};

const skipRest = (reader: Reader): void => void reader.bytes(reader.remaining);

/** Why a relay that speaks `ours` does not let a side of version `theirs` in; undefined where they are the same. Version 1 knows `bad-version` and stops at it. */
export function refusalOf(theirs: number, ours = spokenVersion): ErrorCode | undefined {
  if (theirs === ours) return undefined;
  if (theirs > ours) return 'relay-outdated';
  return theirs <= 1 ? 'bad-version' : 'outdated';
}

/** What it means that the first word of a relay is `failed`: only one of version 1 can't read a right `hello`. */
export const refusedAtHello = (code: ErrorCode): ErrorCode => (code === 'bad-message' ? 'relay-outdated' : code);
