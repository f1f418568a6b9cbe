import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { SheetRow } from '../../domain/indicator/sheet/cell.ts';
import { decode } from '../../domain/rows/decode.ts';
import { csvRows } from './csvRows.ts';
import type { SheetWord } from './sheetReader.ts';

const BATCH = 1000;
/** Batches on their way before the other side has asked for more. */
const AHEAD = 3;

const rowsOf = async ({ bytes, kind }: { bytes: Uint8Array; kind: 'xlsx' | 'csv' }): Promise<SheetRow[]> =>
  kind === 'xlsx' ? (await import('./xlsxRows.ts')).xlsxRows(bytes) : csvRows(decode(bytes).text);

/** Sends the rows of the file no faster than they are taken. */
async function sendRows(port: MessagePort, file: Parameters<typeof rowsOf>[0]): Promise<void> {
  const say = (word: SheetWord) => port.postMessage(word);
  let allowed = AHEAD;
  let wake: (() => void) | undefined;
  port.on('message', () => {
    allowed += 1;
    wake?.();
  });
  try {
    const rows = await rowsOf(file);
    say({ total: rows.length });
    for (let from = 0; from < rows.length; from += BATCH) {
      while (allowed === 0) await new Promise<void>((resolve) => (wake = resolve));
      allowed -= 1;
      say({ rows: rows.slice(from, from + BATCH) });
    }
  } catch (error) {
    say({ flaw: error instanceof Error ? error.message : String(error) });
  }
  port.close();
}

await sendRows(parentPort!, workerData as Parameters<typeof rowsOf>[0]);
