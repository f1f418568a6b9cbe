import type { CDPSession } from 'playwright-core';

/** What a wall page or a server keeps alive. */
export interface PageHeld {
  heapBytes: number;
  nodes: number;
  listeners: number;
  contexts: number;
  media: number;
}

export interface ServerHeld {
  heapBytes: number;
  arrayBufferBytes: number;
  sockets: number;
  audiences: number;
  storeConnections: number;
}

/** The page after a collection. */
export async function heldByPage(session: CDPSession): Promise<PageHeld> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { metrics } = await session.send('Performance.getMetrics');
  const figure = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const { result } = await session.send('Runtime.evaluate', { expression: 'JSON.stringify([document.querySelectorAll("canvas").length, document.querySelectorAll("video, audio").length])', returnByValue: true });
  const [contexts, media] = JSON.parse(String(result.value)) as [number, number];
  return { heapBytes: usedSize, nodes: figure('Nodes'), listeners: figure('JSEventListeners'), contexts, media };
}

const figureOf = (text: string, name: string): number => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);

/** The server after a collection, asked for by its debugger, and by what it tells of itself. */
export async function heldByServer(url: string, collect: () => Promise<void>): Promise<ServerHeld> {
  await collect();
  const text = await (await fetch(`${url}/metrics`)).text();
  return {
    heapBytes: figureOf(text, 'process_heap_bytes'),
    arrayBufferBytes: figureOf(text, 'process_array_buffer_bytes'),
    sockets: figureOf(text, 'ioc_live_sockets'),
    audiences: figureOf(text, 'ioc_live_audiences'),
    storeConnections: figureOf(text, 'ioc_store_connections'),
  };
}
