/** The query id that one of our messages carries: what ties a message on chain to the wish behind it. */
import type {Cell} from '@ton/core';
import {opcodes} from './opcodes.ts';

const bounced = 0xffffffff;

/** Undefined where the body has none. A message that came back has the id of the message that was refused. */
export function queryIdOf(body: Cell): bigint | undefined {
  try {
    const slice = body.beginParse();
    const first = slice.loadUint(32);
    const opcode = first === bounced ? slice.loadUint(32) : first;
    // Its amount stands before the id.
    if (opcode === opcodes.PayoutRequest) slice.loadCoins();
    return slice.loadUintBig(64);
  } catch {
    return undefined;
  }
}
