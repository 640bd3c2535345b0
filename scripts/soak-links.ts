/** Links of a soak: opened anew while a relay restarts, and cut off without a word when it is told to. */
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {NetworkError} from '#protocol/errors.ts';
import type {Transport} from '#protocol/roles/ports.ts';
import {webSocketTransport} from '../relay/ws-transport.ts';

export interface CutLink {
  readonly transport: Transport;
  /** As when a device loses its power. */
  cut(): void;
}

/** Rejects with `offline`. */
export async function openLink(port: number): Promise<CutLink> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/link`, {perMessageDeflate: false});
  const transport = webSocketTransport(socket);
  try {
    await once(socket, 'open');
  } catch (error) {
    throw new NetworkError('offline', 'no relay', {cause: error});
  }
  return {transport, cut: () => socket.terminate()};
}
