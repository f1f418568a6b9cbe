import type { HlsConfig, Loader, LoaderCallbacks, LoaderConfiguration, LoaderContext, LoaderStats, RetryConfig } from 'hls.js';

/** What is asked of a camera over a line: one of its files, as an address would name it. */
export interface LineAsk {
  camera: string;
  file: string;
  query: Record<string, string>;
}

/** One connection for all players of a page. */
export interface PictureLine {
  /** Fails: rejects when the line goes, on abort, or after `withinMs`. */
  get(ask: LineAsk, withinMs: number, signal: AbortSignal): Promise<{ status: number; body?: string | ArrayBuffer | Uint8Array; state?: string }>;
}

const zeroStats = (): LoaderStats => ({
  aborted: false, loaded: 0, retry: 0, total: 0, chunkCount: 0, bwEstimate: 0,
  loading: { start: 0, first: 0, end: 0 }, parsing: { start: 0, end: 0 }, buffering: { start: 0, first: 0, end: 0 },
});

/** Reads `/media/:camera/:file?query`. Fails: undefined for another address. */
export function askOf(url: string): LineAsk | undefined {
  const { pathname, searchParams } = new URL(url, 'http://page');
  const [, camera, file] = /^\/media\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
  return camera === undefined || file === undefined ? undefined : { camera, file, query: Object.fromEntries(searchParams) };
}

/** How long to wait before attempt `retry`; undefined when it is the player's turn to decide. A definite no of the server is not asked again. Units: ms. */
export function retryAfterMs(policy: RetryConfig | null, retry: number, status: number): number | undefined {
  if (!policy || retry >= policy.maxNumRetry || (status >= 400 && status <= 499)) return undefined;
  return Math.min(policy.maxRetryDelayMs, policy.retryDelayMs * 2 ** Math.min(retry, 10));
}

const sizeOf = (body: string | ArrayBuffer): number => (typeof body === 'string' ? body.length : body.byteLength);

/** The player takes its bytes away for good, so it is given its own. */
function ownBytes(body: string | ArrayBuffer | Uint8Array): string | ArrayBuffer {
  if (typeof body === 'string') return body;
  return body instanceof ArrayBuffer ? body.slice(0) : new Uint8Array(body).buffer;
}

/** A loader for hls.js that fetches over `line`. `onTrouble` hears of every attempt that failed. */
export function createLineLoader(line: PictureLine, onTrouble: (status: number) => void): HlsConfig['loader'] {
  return class LineLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats: LoaderStats = zeroStats();
    #left = new AbortController();
    #retrying: ReturnType<typeof setTimeout> | undefined;

    load(context: LoaderContext, config: LoaderConfiguration, callbacks: LoaderCallbacks<LoaderContext>): void {
      this.context = context;
      this.stats.loading.start = performance.now();
      void this.#attempt(context, config, callbacks);
    }

    abort(): void {
      this.stats.aborted = true;
      clearTimeout(this.#retrying);
      this.#left.abort();
    }

    destroy(): void {
      this.abort();
      this.context = null;
    }

    async #attempt(context: LoaderContext, config: LoaderConfiguration, { onSuccess, onError }: LoaderCallbacks<LoaderContext>): Promise<void> {
      const ask = askOf(context.url);
      const { stats } = this;
      const { maxLoadTimeMs, errorRetry } = config.loadPolicy;
      const away: Awaited<ReturnType<PictureLine['get']>> = { status: 0 };
      const told = ask ? await line.get(ask, maxLoadTimeMs, this.#left.signal).catch(() => away) : { ...away, status: 404 };
      if (stats.aborted) return;
      if (told.status === 200 && told.body !== undefined) {
        const data = ownBytes(told.body);
        const now = performance.now();
        Object.assign(stats, { loaded: sizeOf(data), total: sizeOf(data), chunkCount: 1 });
        Object.assign(stats.loading, { first: now, end: now });
        onSuccess({ url: context.url, data, code: 200 }, stats, context, null);
        return;
      }
      onTrouble(told.status);
      const waitMs = retryAfterMs(errorRetry, stats.retry, told.status);
      if (waitMs === undefined) return onError({ code: told.status, text: told.state ?? '' }, context, null, stats);
      stats.retry += 1;
      this.#retrying = setTimeout(() => void this.#attempt(context, config, { onSuccess, onError } as LoaderCallbacks<LoaderContext>), waitMs);
    }
  };
}
