import type { CDPSession } from 'playwright-core';
import { figureIn } from '../support/metrics.ts';

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

/** The server after a collection, asked for by its debugger, and by what it tells of itself. */
export async function heldByServer(url: string, collect: () => Promise<void>): Promise<ServerHeld> {
  await collect();
  const text = await (await fetch(`${url}/metrics`)).text();
  return {
    heapBytes: figureIn(text, 'process_heap_bytes'),
    arrayBufferBytes: figureIn(text, 'process_array_buffer_bytes'),
    sockets: figureIn(text, 'ioc_live_sockets'),
    audiences: figureIn(text, 'ioc_live_audiences'),
    storeConnections: figureIn(text, 'ioc_store_connections'),
  };
}
