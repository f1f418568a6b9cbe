import type { Product } from './product.ts';

/** The debugger of a server, asked for collections only. */
export interface Inspector {
  collect(): Promise<void>;
  close(): void;
}

/** Fails: throws when the product was not started with `isInspected`. */
export async function openInspector(product: Product): Promise<Inspector> {
  const address = /Debugger listening on (ws:\S+)/.exec(product.logged())?.[1];
  if (!address) throw new Error('the server has no debugger open');
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the debugger did not answer')), { once: true });
  });
  let count = 0;
  const waiting = new Map<number, () => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id } = JSON.parse(String(data)) as { id?: number };
    if (id !== undefined) waiting.get(id)?.();
  });
  const ask = (method: string) =>
    new Promise<void>((resolve) => {
      const id = ++count;
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method }));
    });
  await ask('HeapProfiler.enable');
  return { collect: () => ask('HeapProfiler.collectGarbage'), close: () => socket.close() };
}
