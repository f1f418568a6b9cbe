import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** How a connection is lost: closed in order, reset, or silent for ever. */
export type Cut = 'fin' | 'rst' | 'blackhole';

/** A wire between a client and the server that can be cut. */
export interface TcpProxy {
  readonly port: number;
  cut(how: Cut): void;
  /** Lets new connections through again; silent ones end now. */
  heal(): void;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
}

export async function createTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let isSilent = false;

  const server = createServer({ allowHalfOpen: false }, (near) => {
    if (isSilent) near.pause();
    const far = connect(targetPort, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      if (isSilent) return;
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('data', (bytes) => isSilent || far.write(bytes));
    far.on('data', (bytes) => isSilent || near.write(bytes));
    for (const side of [near, far]) side.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const drop = (how: 'fin' | 'rst') => {
    for (const { near, far } of pairs) {
      if (how === 'rst') near.resetAndDestroy();
      else near.end();
      far.destroy();
    }
    pairs.clear();
  };

  return {
    port: (server.address() as AddressInfo).port,
    cut(how) {
      if (how === 'blackhole') isSilent = true;
      else drop(how);
    },
    heal() {
      if (!isSilent) return;
      isSilent = false;
      drop('rst');
    },
    close() {
      isSilent = false;
      drop('rst');
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
