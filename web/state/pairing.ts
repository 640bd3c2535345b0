/** Pairing as a person goes through it: a code is shown or given, two screens are compared, both say yes. */
import {codeOf, type ErrorCode} from '#protocol/errors.ts';
import type {PairingKeys} from '#protocol/pairing.ts';
import {freshPairingSecret, type Invitation, type PairingSecret, readInvitation, writeInvitation, writePairingSecret} from '#protocol/pairing-secret.ts';
import type {PairingMeeting, PairingParty} from '#protocol/roles/pairing.ts';
import {limits} from '#protocol/limits.ts';
import {utf8} from '#protocol/bytes.ts';
import {store} from './store.ts';
import type {Pairing, PairingEnd, PairingView} from './pairing-views.ts';

/** A link of its own to our relay, for one pairing. */
export interface PairingLine {
  host(secret: PairingSecret, self: () => PairingParty): Promise<PairingMeeting>;
  join(invitation: Invitation, self: () => PairingParty): Promise<PairingMeeting>;
  close(): void;
}

export interface PairingOptions {
  readonly keys: PairingKeys;
  /** The address of this app, such as `https://bombyx.example`. */
  readonly origin: string;
  /** What this device was called before, or what its browser makes of itself. */
  readonly name: string;
  keepName(name: string): Promise<void>;
  /** Rejects with `offline`. */
  openLine(): Promise<PairingLine>;
  /** Both people agreed. */
  add(keys: PairingKeys, name: string): Promise<void>;
  now(): number;
}

const ends: Readonly<Partial<Record<ErrorCode, PairingEnd>>> = {
  'expired': 'expired', 'duplicate': 'used', 'tampered': 'tampered', 'wrong-node': 'tampered', 'bad-message': 'self', 'offline': 'offline', 'busy': 'busy',
};
/** What fits the word that carries a name. */
const nameBytes = 160;

export function createPairing(options: PairingOptions): Pairing {
  const view = store<PairingView>({name: options.name, step: {is: 'idle'}});
  /** What is under way; another one, or none, makes all that still comes of it void. */
  let current: object | undefined;
  let line: PairingLine | undefined;
  let answer: ((agreed: boolean) => void) | undefined;

  const self = (): PairingParty => ({keys: options.keys, name: clip(view.get().name.trim() || options.name)});
  const stop = () => {
    current = undefined;
    answer = undefined;
    line?.close();
    line = undefined;
  };

  const compare = async ({other, comparison, theirs, say}: PairingMeeting, token: object): Promise<PairingEnd | undefined> => {
    // It is another device's word: nothing in it may turn or hide what stands around it.
    const name = other.name.replace(/\p{C}+/gu, ' ').trim() || options.name;
    view.patch({step: {is: 'comparing', name, comparison, agreed: false}});
    const ours = new Promise<boolean>((resolve) => (answer = resolve));
    // A no, or a loss, from the other side needs no answer from this one.
    const theirNo = theirs.then((agreed) => (agreed ? new Promise<never>(() => {}) : ('declined' as const)));
    const said = await Promise.race([ours, theirNo]);
    if (current !== token || said === 'declined') return 'declined';
    await say(said);
    if (!said) return 'differed';
    view.patch({step: {is: 'comparing', name, comparison, agreed: true}});
    if (!(await theirs)) return 'declined';
    if (current !== token) return undefined;
    await options.add(other.keys, name);
    view.patch({step: {is: 'paired', name}});
    return undefined;
  };

  const run = async (as: 'host' | 'guest', meet: (opened: PairingLine) => Promise<PairingMeeting>) => {
    stop();
    const token = {};
    current = token;
    let why: PairingEnd | undefined;
    try {
      const opened = await options.openLine();
      if (current !== token) return opened.close();
      line = opened;
      why = await compare(await meet(opened), token);
    } catch (error) {
      why = ends[codeOf(error)] ?? 'lost';
    }
    if (current !== token) return;
    stop();
    if (why !== undefined) view.patch({step: {is: 'ended', as, why}});
  };

  return {
    view,
    call: (name) => {
      view.patch({name});
      void options.keepName(clip(name.trim())).catch(() => {});
    },
    host: async () => {
      const secret = freshPairingSecret();
      view.patch({step: {is: 'joining'}});
      await run('host', (opened) => {
        const meeting = opened.host(secret, self);
        view.patch({step: {is: 'waiting', code: writePairingSecret(secret), link: `${options.origin}/pair#${writeInvitation(secret, options.keys)}`, until: options.now() + limits.pairingMs}});
        return meeting;
      });
    },
    join: async (given) => {
      let invitation: Invitation;
      try {
        invitation = readInvitation(given);
      } catch {
        stop();
        return view.patch({step: {is: 'ended', as: 'guest', why: 'unreadable'}});
      }
      view.patch({step: {is: 'joining'}});
      await run('guest', (opened) => opened.join(invitation, self));
    },
    answer: (agreed) => answer?.(agreed),
    leave: () => {
      stop();
      view.patch({step: {is: 'idle'}});
    },
  };
}

/** The longest start of a name that fits. */
function clip(name: string): string {
  let clipped = name.slice(0, nameBytes);
  while (utf8(clipped).length > nameBytes) clipped = clipped.slice(0, -1);
  return clipped;
}
