/** What the course of a job says of its node: blame only for what the relay itself saw and what was the node's own to do. */
import type {ErrorCode} from '../errors.ts';
import type {NodeId} from '../ids.ts';
import {limits} from '../limits.ts';
import type {NodeHealth, Trouble} from '../node-health.ts';

/** The part of a relay's job that a verdict goes by; times in ms since 1970. */
export interface Course {
  /** The client as failures are counted: a number, so that no record holds on to a link or an address. */
  readonly clientNumber: number;
  readonly node: {readonly id: NodeId} | undefined;
  readonly step: 'waiting' | 'slotted' | 'offered' | 'running' | 'leaving';
  readonly since: number;
  readonly slottedAt: number;
  /** From the slot to the offer. */
  readonly offerMs: number;
  /** From the request to the first frame. */
  readonly firstMs: number;
  /** Frames of the answer that came. */
  readonly frames: number;
  /** Its silence was counted. */
  blamed: boolean;
}

/** What a node may say of a job that failed, where the fault is its own. */
const ownFaults: ReadonlySet<ErrorCode> = new Set(['engine-failed', 'gpu-lost', 'internal', 'busy']);
/** A nonce and one sealed frame: less is no answer. What they say the relay can't know: an engine's failure is told inside the seal. */
export const leastFrames = 2;
/** A silence is a node's own only where the relay was awake to hear it: longest time between two sweeps, ms. */
const awakeMs = 5000;
/** A client's clock starts a little before the relay's: it gives up a silent node when the relay is about to. */
const gaveUpMs = limits.stepMs * 0.8;

export class Verdicts {
  readonly #health: NodeHealth;
  #swept: number | undefined;
  #awake = true;

  constructor(health: NodeHealth) {
    this.#health = health;
  }

  /** A sweep begins. After a gap the relay itself was asleep, and nobody's silence counts. */
  sweep(now: number): void {
    this.#awake = this.#swept === undefined || now - this.#swept <= awakeMs;
    this.#swept = now;
  }

  /** A step of this job was due and did not come. */
  silent(course: Course, now: number): void {
    if (course.blamed || !this.#awake) return;
    course.blamed = true;
    this.#blame(course, {trouble: 'silent', now});
  }

  /** Whether a running job should have shown its first frame by now. */
  isSilent({step, frames, since}: Course, now: number): boolean {
    return step === 'running' && frames === 0 && now - since > limits.stepMs;
  }

  /**
   * The client cancels: no fault. Past the least length of a stream it is work that was shown; before, it may be a failure that only the client could read, and
   * says nothing. A node that it gave up as silent is blamed.
   */
  cancelled(course: Course, now: number): void {
    if (course.step !== 'running' || !course.node) return;
    if (course.frames > limits.minAnswerFrames) this.#health.finished(course.node.id);
    else if (course.frames === 0 && now - course.since >= gaveUpMs) this.silent(course, now);
  }

  /** The node let go of the job. */
  released(course: Course, now: number): void {
    if (course.step !== 'running' || !course.node) return;
    if (course.frames < leastFrames) return this.#blame(course, {trouble: 'failed', now});
    this.#health.finished(course.node.id, {offerMs: course.offerMs, firstMs: course.firstMs, slotMs: now - course.slottedAt});
  }

  /** The node said that the job failed, or that it does not take it. */
  failed(course: Course, {code, now}: {code: ErrorCode; now: number}): void {
    if (ownFaults.has(code) && (course.step === 'slotted' || course.step === 'running')) this.#blame(course, {trouble: 'failed', now});
  }

  /** The node did not let go of a job whose client had left. An engine may be slow to stop what a client sent it to read, so this is no silence. */
  lingered(course: Course, now: number): void {
    if (this.#awake) this.#blame(course, {trouble: 'failed', now});
  }

  /** The node's link closed, or it ran on without end. */
  lost(course: Course, now: number): void {
    if (course.step === 'running') this.#blame(course, {trouble: 'lost', now});
  }

  #blame({node, clientNumber}: Course, {trouble, now}: {trouble: Trouble; now: number}): void {
    if (node) this.#health.failed(node.id, {trouble, client: clientNumber, now});
  }
}
