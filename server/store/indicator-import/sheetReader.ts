import { Worker } from 'node:worker_threads';
import type { SheetRow } from '../../domain/indicator/sheet/cell.ts';

/** What the reading thread says: rows in order, then the end, or why the file can not be read. */
export type SheetWord = { rows: SheetRow[] } | { total: number } | { flaw: string };

/** A file being read in its own thread, so that the wall keeps its frames. */
export interface SheetReading {
  /** Batches of rows in order. Fails: throws the reader's own words for a file that is no sheet. */
  batches(): AsyncIterable<{ rows: SheetRow[]; total: number | null }>;
  stop(): Promise<void>;
}

/** Starts to read a sheet. */
export function readSheet(bytes: Uint8Array, kind: 'xlsx' | 'csv'): SheetReading {
  const worker = new Worker(new URL('./sheetWorker.ts', import.meta.url), { workerData: { bytes, kind } });
  const said: SheetWord[] = [];
  let ended = false;
  let wake: (() => void) | undefined;
  const hear = (word: SheetWord) => {
    said.push(word);
    wake?.();
  };
  worker.on('message', hear);
  worker.on('error', (error: Error) => hear({ flaw: error.message }));
  worker.on('exit', () => {
    ended = true;
    wake?.();
  });
  return {
    async *batches() {
      let total: number | null = null;
      for (;;) {
        const word = said.shift();
        if (!word) {
          if (ended) return;
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        if ('flaw' in word) throw new Error(word.flaw);
        if ('total' in word) total = word.total;
        else {
          yield { rows: word.rows, total };
          worker.postMessage('next');
        }
      }
    },
    async stop() {
      await worker.terminate();
    },
  };
}
