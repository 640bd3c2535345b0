/** A way to one server that can be cut: for each relay of a test its own, so that a partition parts them and not all. */
import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

export interface Wire {
  readonly port: number;
  /** Nothing passes any more, and nobody new. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

export async function wireTo(port: number): Promise<Wire> {
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((inner) => {
    if (isCut) return void inner.destroy();
    const outer = connect(port, '127.0.0.1');
    for (const [socket, other] of [[inner, outer], [outer, inner]] as const) {
      open.add(socket);
      socket.on('error', () => {}).on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    heal: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
