/** The hash under which an external message is found on chain, however a wallet wrote it down (TEP-467). */
import {beginCell, Cell, loadMessage, type Message, storeMessage} from '@ton/core';

/**
 * 32 bytes: the hash without source, import fee and initial state, the body in a cell of its own.
 * @throws Error when it is no external message
 */
export function normalizedHash(message: Message): Buffer {
  if (message.info.type !== 'external-in') throw new Error('not an external message');
  const info = {...message.info, src: undefined, importFee: 0n};
  return beginCell().store(storeMessage({info, init: undefined, body: message.body}, {forceRef: true})).endCell().hash();
}

/** The same for a bag of cells in base64, as wallets give it. @throws Error when it is no such message */
export const normalizedHashOf = (boc: string): Buffer => normalizedHash(loadMessage(Cell.fromBase64(boc).beginParse()));
