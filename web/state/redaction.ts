/** Hides personal details before a question goes to a computer of the network, and puts them back into its answer. Off unless a person wants it. */
import {NetworkError} from '#protocol/errors.ts';
import type {AskEvent} from '#protocol/roles/ask.ts';
import type {AskRequest} from './chat.ts';
import type * as coverer from './redaction/cover.ts';
import {type Found, kinds} from './redaction/kinds.ts';
import type {Redaction, RedactionView} from './redaction-views.ts';
import {store} from './store.ts';

/** What does the work; it loads when it is first needed. */
type Coverer = Pick<typeof coverer, 'cover' | 'Restorer'>;

export interface RedactionOptions {
  readonly kept: {setting(key: string): Promise<unknown>; putSetting(key: string, value: unknown): Promise<void>};
  load(): Promise<Coverer>;
}

export interface RedactionControl extends Redaction {
  /** Asks, with details hidden where they are to be. What is hidden never leaves; where that can't be done, nothing is sent. */
  covered(request: AskRequest, ask: (request: AskRequest) => AsyncIterable<AskEvent>): AsyncGenerator<AskEvent, void>;
}

const mostWords = 200;
const longestWord = 200;
/** Questions whose marks are kept. Marks are places, not words: a conversation that is deleted leaves nothing of itself here. */
const mostQuestions = 300;

export async function createRedaction({kept, load}: RedactionOptions): Promise<RedactionControl> {
  const view = store<RedactionView>({...readWishes(await kept.setting('redaction')), hidden: readHidden(await kept.setting('redacted'))});
  const change = async (fields: Partial<Pick<RedactionView, 'on' | 'terms' | 'asIs'>>) => {
    view.patch(fields);
    const {on, terms, asIs} = view.get();
    await kept.putSetting('redaction', {on, terms, asIs});
  };
  const note = (turn: string | undefined, found: readonly Found[]) => {
    if (turn === undefined || (found.length === 0 && view.get().hidden[turn] === undefined)) return;
    const others = Object.entries(view.get().hidden).filter(([id]) => id !== turn);
    const hidden = Object.fromEntries([...others, ...(found.length > 0 ? [[turn, found] as const] : [])].slice(-mostQuestions));
    view.patch({hidden});
    // That the marks are not kept must not stop a question.
    void kept.putSetting('redacted', hidden).catch(() => {});
  };

  async function* covered(request: AskRequest, ask: (request: AskRequest) => AsyncIterable<AskEvent>): AsyncGenerator<AskEvent, void> {
    const {on, terms, asIs} = view.get();
    const {job} = request;
    if (!on || request.level !== 'network' || !('messages' in job)) {
      note(request.turn, []);
      return yield* ask(request);
    }
    const {cover, Restorer} = await load().catch((cause: unknown) => {
      throw new NetworkError('offline', 'what hides details did not load', {cause});
    });
    const {texts, hidden, meaning} = cover(job.messages.map(({content}) => content), {terms, asIs});
    note(request.turn, hidden[job.messages.findLastIndex(({role}) => role === 'user')] ?? []);
    const hiding = <M extends object>(message: M, index: number) => ({...message, content: texts[index] ?? ''});
    // Pictures go as they are: what can be read in them is not looked for.
    const hiddenJob = job.task === 'chat' ? {...job, messages: job.messages.map(hiding)} : {...job, messages: job.messages.map(hiding)};
    yield* restored(ask({...request, job: hiddenJob}), new Restorer(meaning));
  }

  return {
    view,
    covered,
    turn: (on) => change({on}),
    setTerms: (terms) => change({terms: tidy(terms)}),
    sendAsIs: (value) => change({asIs: tidy([...view.get().asIs, value])}),
    hideAgain: (value) => change({asIs: view.get().asIs.filter((each) => each !== value)}),
  };
}

/** The same events with the details back in their texts; what is held back at the end, or when it breaks off, comes first. */
async function* restored(events: AsyncIterable<AskEvent>, restorer: InstanceType<Coverer['Restorer']>): AsyncGenerator<AskEvent, void> {
  const rest = (): AskEvent[] => {
    const text = restorer.end();
    return text === '' ? [] : [{type: 'text', text, tokens: 0}];
  };
  try {
    for await (const event of events) {
      if (event.type === 'done') yield* rest();
      yield event.type === 'text' ? {...event, text: restorer.next(event.text)} : event;
    }
  } catch (error) {
    yield* rest();
    throw error;
  }
  yield* rest();
}

const tidy = (words: readonly string[]): readonly string[] => [...new Set(words.map((word) => word.trim()))].filter((word) => word.length > 0 && word.length <= longestWord).slice(-mostWords);
const readWords = (kept: unknown): readonly string[] => (Array.isArray(kept) ? tidy(kept.filter((word): word is string => typeof word === 'string')) : []);

function readWishes(kept: unknown): Pick<RedactionView, 'on' | 'terms' | 'asIs'> {
  const {on, terms, asIs} = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  return {on: on === true, terms: readWords(terms), asIs: readWords(asIs)};
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const {kind, start, end} = value as Record<string, unknown>;
  return kinds.some((known) => known === kind) && isPlace(start) && isPlace(end) && start < end;
}

function readHidden(kept: unknown): RedactionView['hidden'] {
  if (typeof kept !== 'object' || kept === null) return {};
  const entries = Object.entries(kept).slice(-mostQuestions);
  return Object.fromEntries(entries.flatMap(([turn, found]) => (Array.isArray(found) && found.length > 0 && found.every(isFound) ? [[turn, found] as const] : [])));
}
