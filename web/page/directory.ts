/** Keeps the list of offered models fresh while the page is open, and says whether the relay can be reached. */
import {codeOf} from '#protocol/errors.ts';
import type {NodeId} from '#protocol/ids.ts';
import type {CatalogueEntry} from '#protocol/models.ts';
import {retryDelay} from '#protocol/retry.ts';
import {systemClock} from '../platform/clock.ts';
import type {ChatControl} from '../state/chat.ts';
import {modelChoices} from '../state/offers.ts';
import type {TasksControl} from '../state/tasks.ts';
import type {ModelChoice} from '../state/views.ts';
import {gapOf, type VersionGap} from '../state/version-gap.ts';
import type {PageNetwork} from './client.ts';

/** How often a visible page looks; a hidden one looks when it is shown again. */
const everyMs = 3000;
/** How often it looks whether the other side was updated meanwhile: nothing is lost by waiting, and to a relay of version 1 each look is an offence. */
const gapMs = 5 * 60_000;

export interface DirectoryOptions {
  readonly chat: ChatControl;
  readonly tasks: TasksControl;
  readonly catalogue: readonly CatalogueEntry[];
  mine(): ReadonlySet<NodeId>;
  /** Whether this person has something to pay with. */
  canPay(): boolean;
  /** Resolves when a look is wanted. */
  wanted(): Promise<void>;
  /** Hears after each look which side is too old for the other. */
  onGap(gap: VersionGap | undefined): void;
}

const talks = ({tasks}: ModelChoice): boolean => tasks.includes('chat');

/** Runs until the page goes away. */
export async function followDirectory(network: PageNetwork, {chat, tasks, catalogue, mine, canPay, onGap, wanted}: DirectoryOptions): Promise<never> {
  const setRelay = (relay: 'online' | 'offline' | 'outdated') => [chat, tasks].forEach((each) => each.setRelay(relay));
  for (let failures = 0; ; ) {
    let gap: VersionGap | undefined;
    try {
      const choices = modelChoices(await network.directory(), {catalogue, mine: mine(), canPay: canPay()});
      // Some only answer about pictures: they are no first choice.
      chat.setModels([...choices.filter(talks), ...choices.filter((choice) => !talks(choice) && choice.tasks.includes('image-text'))]);
      tasks.setModels(choices);
      setRelay('online');
      failures = 0;
    } catch (error) {
      gap = gapOf(codeOf(error));
      setRelay(gap ? 'outdated' : 'offline');
      chat.setModels([]);
      tasks.setModels([]);
      failures += 1;
    }
    onGap(gap);
    await systemClock.sleep(gap ? gapMs : failures === 0 ? everyMs : retryDelay(failures - 1, Math.random()));
    await shown();
    await wanted();
  }
}

function shown(): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('visibilitychange', () => resolve(), {once: true}));
}
