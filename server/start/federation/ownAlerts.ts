import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Cursor, LogEntry } from '#contract/entry.ts';
import type { LinkAbove } from '#contract/system.ts';
import type { AlertItem, AlertState } from '#contract/topics/alert.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { wholeScope } from '../../domain/scope.ts';
import { crosses, sliceItem } from '../../domain/system/slice.ts';
import { LinkFailure } from './upperCentre.ts';

/** How far both ways have come, as `federation-cursors.json` keeps it. */
export interface Cursors {
  /** In the log above. */
  down?: string;
  /** In the own log. */
  up?: string;
  refused?: LinkAbove['refused'];
}

export const readCursors = (file: string): Cursors => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Cursors) : {});

export function writeCursors(file: string, cursors: Cursors): void {
  writeFileSync(`${file}.new`, JSON.stringify(cursors), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export const textOf = ({ epoch, seq }: Cursor) => `${epoch}:${seq}`;
const cursorOf = (text: string | undefined): Cursor | null => (text === undefined ? null : { epoch: text.slice(0, text.lastIndexOf(':')), seq: Number(text.slice(text.lastIndexOf(':') + 1)) });

/** Own alerts after a place in the own log. */
export interface OwnPage {
  items: AlertItem[];
  /** The place to read on from; undefined when there is nothing new. */
  last: Cursor | undefined;
  isFull: boolean;
}

/** What this centre has for the one above. `read` fails: LinkFailure. */
export function createOwnAlerts({ log, above, page }: { log: LogPort; above: string; page: number }) {
  const read = async (after: string | undefined, onGone: () => void): Promise<OwnPage> => {
    const found = await log.read({ topics: ['alert'], after: cursorOf(after), limit: page, scope: wholeScope('federation') });
    if (!found.ok) {
      if (found.fault.code !== 'STORE_UNAVAILABLE') onGone();
      throw new LinkFailure('store', `the own log: ${found.fault.code}`);
    }
    const { epoch, entries } = found.value;
    const items = (entries as LogEntry<AlertState>[]).filter(({ body }) => crosses(body, above)).map((entry) => sliceItem(entry, epoch));
    const last = entries.at(-1);
    return { items, last: last && { epoch, seq: last.seq }, isFull: entries.length === page };
  };

  let counted: { from: string | undefined; to: string | undefined; items: number } | undefined;
  return {
    read,
    /** How many alerts wait after a place; reads on from where it last counted to. */
    async waiting(from: string | undefined): Promise<number> {
      if (!counted || counted.from !== from) counted = { from, to: from, items: 0 };
      for (let isFull = true; isFull; ) {
        const next = await read(counted.to, () => undefined);
        counted = { from, to: next.last ? textOf(next.last) : counted.to, items: counted.items + next.items.length };
        isFull = next.isFull;
      }
      return counted.items;
    },
  };
}
