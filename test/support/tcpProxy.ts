import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** How a connection is lost: closed in order, reset, silent for ever, or a few bytes at a time. */
export type Cut = 'fin' | 'rst' | 'blackhole' | 'drip';
export const CUTS: readonly Cut[] = ['fin', 'rst', 'blackhole', 'drip'];

/** A wire between a client and the server that can be cut. */
export interface TcpProxy {
  readonly port: number;
  cut(how: Cut): void;
  /** Lets new connections through again; silent and dripping ones end now. */
  heal(): void;
  /** From here on leads to another server, as a balancer does; what is open is cut. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

interface Pair {
  near: Socket;
  far: Socket;
}

const DRIP_BYTES = 7;
const DRIP_MS = 50;

/** Passes bytes on a few at a time until the connection ends. */
function drip(to: Socket): (bytes: Buffer) => void {
  let waiting: Buffer = Buffer.alloc(0);
  const timer = setInterval(() => {
    if (waiting.length === 0) return;
    to.write(waiting.subarray(0, DRIP_BYTES));
    waiting = waiting.subarray(DRIP_BYTES);
  }, DRIP_MS);
  to.once('close', () => clearInterval(timer));
  return (bytes) => void (waiting = Buffer.concat([waiting, bytes]));
}

export async function createTcpProxy(firstPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let targetPort = firstPort;
  let fault: 'blackhole' | 'drip' | undefined;

  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      if (fault === 'blackhole') return;
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    const lead = (from: Socket, to: Socket) => {
      const slowly = drip(to);
      from.on('data', (bytes: Buffer) => {
        if (fault === 'drip') slowly(bytes);
        else if (fault !== 'blackhole') to.write(bytes);
      });
      from.on('error', end).on('close', end);
    };
    lead(near, far);
    lead(far, near);
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
  const heal = () => {
    if (!fault) return;
    fault = undefined;
    drop('rst');
  };

  return {
    port: (server.address() as AddressInfo).port,
    cut(how) {
      if (how === 'fin' || how === 'rst') drop(how);
      else fault = how;
    },
    heal,
    leadTo(port) {
      targetPort = port;
      heal();
      drop('rst');
    },
    close() {
      fault = undefined;
      drop('rst');
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
