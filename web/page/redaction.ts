/** Hiding personal details in this page. It loads beside the first screen, not before it; until it has, nothing is asked, for nobody knows what a person wants hidden. */
import {NetworkError} from '#protocol/errors.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from '../state/chat.ts';
import type {RedactionControl, RedactionOptions} from '../state/redaction.ts';

export interface PageRedaction {
  open(): Promise<RedactionControl>;
  covered: RedactionControl['covered'];
}

export function openRedaction(kept: RedactionOptions['kept']): PageRedaction {
  const load = async () => (await import('../state/redaction.ts')).createRedaction({kept, load: () => import('../state/redaction/cover.ts')});
  // A part of the app that did not arrive is asked for again at the next call.
  let loading: Promise<RedactionControl> | undefined;
  const open = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw new NetworkError('offline', 'what hides details did not load', {cause: error});
    }));
  void open().catch(() => {});
  return {
    open,
    async *covered(request: AskRequest, ask): AsyncGenerator<AskEvent, void> {
      yield* (await open()).covered(request, ask);
    },
  };
}
