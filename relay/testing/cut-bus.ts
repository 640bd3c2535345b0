/** A way to one server that can be cut: for each relay of a test its own, so that a partition parts them and not all. */
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export interface Wire {
  readonly port: number;
  /** Nothing passes any more, and nobody is told: as when a network drops packets. */
  freeze(): void;
  /** What was frozen goes on; who came meanwhile has to come again. */
  heal(): void;
  close(): Promise<void>;
}

export async function wireTo(port: number): Promise<Wire> {
  let isFrozen = false;
  const open = new Set<Socket>();
  const early = new Set<Socket>();
  const server = createServer((inner) => {
    inner.on('error', () => {});
    if (isFrozen) return void early.add(inner);
    const outer = connect(port, '127.0.0.1');
    for (const [socket, other] of [[inner, outer], [outer, inner]] as const) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => {
        open.delete(socket);
        if (!isFrozen) other.destroy();
      });
      socket.on('data', (bytes) => void other.write(bytes));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      isFrozen = true;
      for (const socket of open) socket.pause();
    },
    heal: () => {
      isFrozen = false;
      for (const socket of early) socket.destroy();
      early.clear();
      // The other end of one that was given up meanwhile.
      for (const socket of open) socket.resume();
    },
    close: async () => {
      for (const socket of [...open, ...early]) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
