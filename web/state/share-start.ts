/** Sharing that starts with the app, where its person has switched that on: as it was started last, and never a second time by itself. */
import type {Share} from './views.ts';

/** What is shared, and on what. */
export interface Started {
  readonly choice: string;
  readonly device: 'webgpu' | 'wasm';
}

/** Undefined for what is no start. */
export function readStarted(kept: unknown): Started | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const {choice, device} = kept as Record<string, unknown>;
  return typeof choice === 'string' && (device === 'webgpu' || device === 'wasm') ? {choice, device} : undefined;
}

export interface StartOptions {
  /** Whether this visit begins with a start. */
  readonly wanted: boolean;
  last(): Promise<unknown>;
  keep(started: Started): Promise<void>;
}

/** Follows what is shared, so that the next visit can begin with it; begins with it where that is wanted. */
export async function startWithApp({view, choose, start}: Pick<Share, 'view' | 'choose' | 'start'>, {wanted, last, keep}: StartOptions): Promise<void> {
  const before = readStarted(await last().catch(() => undefined));
  let was = view.get().status.is;
  view.subscribe(() => {
    const {status, choice, device, elsewhere} = view.get();
    // Only what did start is worth starting again.
    if (!elsewhere && status.is === 'ready' && was !== 'ready') void keep({choice, device}).catch(() => {});
    was = status.is;
  });
  if (!wanted || !before) return;
  // What this device can do is known a moment after the page is.
  if (view.get().capability.is === 'checking') {
    await new Promise<void>((resolve) => {
      const leave = view.subscribe(() => {
        if (view.get().capability.is === 'checking') return;
        leave();
        resolve();
      });
    });
  }
  const {status, elsewhere, choices} = view.get();
  const known = choices.find(({id}) => id === before.choice);
  // A person was quicker, another tab leads, or the model can't run here any more.
  if (status.is !== 'off' || elsewhere || !known || known.obstacle !== undefined) return;
  choose(before.choice);
  await start(before.device);
}
