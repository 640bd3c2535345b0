/** What the operator may do: keep somebody out and let him in again, stop new jobs, write a notice. Input is parsed, every act is an event of the log. */
import * as v from 'valibot';
import type {Clock} from '#protocol/roles/ports.ts';
import type {Bans, StandingBan} from '#protocol/roles/relay-bans.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import {isLoopback, plainAddress, prefixOf} from '../admission.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {Log} from '../log.ts';

const mostHours = 24 * 365;
export const mostNotice = 280;
/** Bans that one answer holds; the longest are told first. */
const mostBans = 500;
/** Acts that are remembered for the page; all are in the log. */
const mostActs = 50;
const hourMs = 3_600_000;

/** Nothing that would change how the text around it reads. */
const oneLine = (most: number, what: string) =>
  v.pipe(v.string(), v.trim(), v.maxLength(most, `${what} must have at most ${most} characters`), v.check((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u.test(text), `${what} must be one line, without format characters`));
/** A node's id, or an address as its limits and bans are kept: a household of IPv6 counts as one. */
const someone = v.pipe(v.string(), v.maxLength(64), v.rawTransform(({dataset, addIssue, NEVER}) => {
  const text = dataset.value.trim().toLowerCase();
  if (/^[\da-f]{64}$/.test(text)) return text;
  // As a ban of the list names a household.
  const plain = plainAddress(text.replace(/\/56$/, ''));
  if (plain !== undefined && !isLoopback(plain)) return prefixOf(plain);
  addIssue({message: 'It must be the key of a computer (64 hex digits) or an address, and not of this machine'});
  return NEVER;
}));

const inputs = {
  ban: v.strictObject({who: someone, hours: v.pipe(v.number(), v.minValue(1 / 60), v.maxValue(mostHours, `It must be at most ${mostHours} hours`)), reason: oneLine(120, 'The reason')}),
  unban: v.strictObject({who: someone}),
  drain: v.strictObject({on: v.boolean()}),
  notice: v.strictObject({text: oneLine(mostNotice, 'The notice')}),
};
type Input<K extends ActName> = v.InferOutput<(typeof inputs)[K]>;
export type ActName = keyof typeof inputs;

export const isActName = (name: string): name is ActName => Object.hasOwn(inputs, name);

/** What the operator did, and when (ms since 1970). Never to whom: the log and its copies are read by others. */
export interface Act {
  readonly at: number;
  readonly act: 'ban' | 'unban' | 'drain' | 'resume' | 'notice';
}

export interface ActionOptions {
  readonly hub: Pick<Hub, 'oversight'>;
  readonly bans: Bans;
  readonly clock: Clock;
  readonly log: Log;
  readonly cluster: Pick<Cluster, 'onBan' | 'drain' | 'resume'> | undefined;
}

export class OperatorActions {
  readonly #options: ActionOptions;
  readonly #acts: Act[] = [];
  #notice = '';

  constructor(options: ActionOptions) {
    this.#options = options;
  }

  /** Shown by clients; empty for none. */
  get notice(): string {
    return this.#notice;
  }

  /** Newest first. */
  get acts(): readonly Act[] {
    return this.#acts.toReversed();
  }

  bans(): {readonly total: number; readonly bans: readonly Omit<StandingBan, 'code'>[]} {
    const all = this.#options.bans.list(this.#options.clock.now()).toSorted((left, right) => right.until - left.until);
    return {total: all.length, bans: all.slice(0, mostBans)};
  }

  /** Does what `text` (JSON) says; gives a sentence where it can not. */
  act(name: ActName, text: string): string | undefined {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(undefined, 'It is not JSON'), inputs[name]), text);
    if (!parsed.success) return parsed.issues[0].message;
    const input: unknown = parsed.output;
    if (name === 'ban') return this.#ban(input as Input<'ban'>);
    if (name === 'unban') return this.#unban(input as Input<'unban'>);
    if (name === 'drain') return this.#drain(input as Input<'drain'>);
    return this.#tell(input as Input<'notice'>);
  }

  #ban({who, hours, reason}: Input<'ban'>): string | undefined {
    const {hub, bans, clock, log, cluster} = this.#options;
    const now = clock.now();
    const ban = {until: Math.round(now + hours * hourMs), code: 'refused', reason} as const;
    if (!bans.order(who, ban, now)) return 'Too many are kept out by hand; let some in again, or use BOMBYX_BANS_FILE.';
    log('warn', 'operator-ban', {kind: kindOf(who), until: new Date(ban.until).toISOString()});
    hub.oversight.showOut();
    cluster?.onBan(ban, who);
    return this.#note('ban');
  }

  #unban({who}: Input<'unban'>): string | undefined {
    const {bans, clock, log} = this.#options;
    if (!bans.lift(who, clock.now())) return 'Nobody of this name is kept out by this relay. Whom its file names stays out until the file changes.';
    log('warn', 'operator-unban', {kind: kindOf(who)});
    return this.#note('unban');
  }

  #drain({on}: Input<'drain'>): undefined {
    const {hub, log, cluster} = this.#options;
    hub.oversight.setPaused(on);
    if (on) {
      cluster?.drain();
      log('warn', 'operator-drain');
    } else {
      cluster?.resume();
      log('warn', 'operator-resume');
    }
    return this.#note(on ? 'drain' : 'resume');
  }

  #tell({text}: Input<'notice'>): undefined {
    this.#notice = text;
    this.#options.log('info', 'operator-notice', {characters: text.length});
    return this.#note('notice');
  }

  #note(act: Act['act']): undefined {
    this.#acts.push({at: this.#options.clock.now(), act});
    if (this.#acts.length > mostActs) this.#acts.shift();
  }
}

const kindOf = (who: string): string => (/^[\da-f]{64}$/.test(who) ? 'node' : 'address');
