import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a camera that can be made too narrow for its pictures. */
export interface SlowWire {
  port: number;
  /** Units: bytes a second; Infinity for as much as comes. */
  narrow(bytesPerS: number): void;
  close(): Promise<void>;
}

const STEP_MS = 100;

export async function createSlowWire(targetPort: number): Promise<SlowWire> {
  const sockets = new Set<Socket>();
  const waiting = new Map<Socket, Buffer[]>();
  let bytesPerS = Infinity;

  const passOn = () => {
    for (const [near, chunks] of waiting) {
      for (let left = (bytesPerS * STEP_MS) / 1000; left > 0 && chunks.length > 0; ) {
        const [first] = chunks as [Buffer];
        near.write(first.subarray(0, left));
        if (first.length <= left) chunks.shift();
        else chunks[0] = first.subarray(left);
        left -= first.length;
      }
    }
  };

  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    waiting.set(near, []);
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => {
        sockets.delete(socket);
        waiting.delete(near);
        other.destroy();
      });
    }
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk: Buffer) => (bytesPerS === Infinity && waiting.get(near)?.length === 0 ? near.write(chunk) : waiting.get(near)?.push(chunk)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const passing = setInterval(passOn, STEP_MS);
  return {
    port: (server.address() as AddressInfo).port,
    narrow(next) {
      bytesPerS = next === Infinity ? Infinity : Math.max(1, Math.floor(next));
    },
    close() {
      clearInterval(passing);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
