/**
 * Two sides of a running job that meet without the relay in between: it says who may signal to whom, and passes on where parts of the answer go.
 *
 *   client                      relay                        node
 *     meet {peer}           ->    only to this job's     ->
 *     met {accepted, peer}  <-    opens signalling       <-
 *     ... a channel through TURN opens between the two, and the client says `got` on it ...
 *                           <-    passes it on           <-    moved {parts}: later ones come over the channel
 *     back {parts}          ->    passes it on           ->    either side: later ones come over the relay again
 */
import {NetworkError} from '../errors.ts';
import type {JobHandle} from '../ids.ts';
import type {Message} from '../messages.ts';
import type {PresentNode, RunningJob} from './relay-jobs.ts';
import type {RelayLink} from './relay-link.ts';
import {leastFrames} from './relay-verdicts.ts';

interface Meeting {
  /** The client's signalling id. */
  readonly peer: string;
  step: 'asked' | 'refused' | 'met' | 'moved';
  clientBack: boolean;
  nodeBack: boolean;
}

export class RelayMeets {
  readonly #running: (handle: JobHandle) => RunningJob | undefined;
  readonly #allow: ((left: string, right: string) => void) | undefined;
  /** Forgotten with their jobs. */
  readonly #meetings = new WeakMap<RunningJob, Meeting>();

  /** @param allow lets two signalling ids exchange offers; without it nobody meets */
  constructor(running: (handle: JobHandle) => RunningJob | undefined, allow: ((left: string, right: string) => void) | undefined) {
    this.#running = running;
    this.#allow = allow;
  }

  /** What comes after the end of a job is dropped: it crossed it on the way. @throws NetworkError `refused`, `duplicate` */
  fromClient(message: Message<'meet' | 'back'>, {client, frame}: {client: RelayLink; frame: Uint8Array}): void {
    const job = this.#running(message.handle);
    if (!job?.node) return;
    if (job.client !== client) throw new NetworkError('refused', 'not a job of this client');
    const meeting = this.#meetings.get(job);
    if (message.kind === 'back') {
      if (meeting?.step !== 'met' && meeting?.step !== 'moved') throw new NetworkError('refused', 'nobody met');
      if (meeting.clientBack) throw new NetworkError('duplicate', 'back already');
      meeting.clientBack = true;
      return job.node.link.forward(frame);
    }
    if (meeting) throw new NetworkError('duplicate', 'a second meeting');
    // What the relay judges a node by must have passed here.
    if (job.frames < leastFrames) throw new NetworkError('refused', 'before the answer');
    this.#meetings.set(job, {peer: message.peer, step: this.#allow ? 'asked' : 'refused', clientBack: false, nodeBack: false});
    if (this.#allow) job.node.link.forward(frame);
    else client.send('met', {accepted: 0, peer: ''}, message.handle);
  }

  /** As `fromClient`. @throws NetworkError `refused`, `duplicate` */
  fromNode(message: Message<'met' | 'moved' | 'back'>, {node, frame}: {node: PresentNode; frame: Uint8Array}): void {
    const job = this.#running(message.handle);
    if (!job) return;
    if (job.node !== node) throw new NetworkError('refused', 'not a job of this node');
    const meeting = this.#meetings.get(job);
    if (message.kind === 'met') this.#met(message, meeting);
    else if (message.kind === 'moved') {
      if (meeting?.step !== 'met') throw new NetworkError(meeting?.step === 'moved' ? 'duplicate' : 'refused', 'nowhere to move');
      meeting.step = 'moved';
    } else {
      if (meeting?.step !== 'moved' || meeting.nodeBack) throw new NetworkError('refused', 'it had not moved');
      meeting.nodeBack = true;
    }
    job.client.forward(frame);
  }

  #met({accepted, peer}: Message<'met'>, meeting: Meeting | undefined): void {
    if (meeting?.step !== 'asked') throw new NetworkError('refused', 'nobody asked');
    meeting.step = accepted ? 'met' : 'refused';
    if (accepted) this.#allow?.(meeting.peer, peer);
  }
}
