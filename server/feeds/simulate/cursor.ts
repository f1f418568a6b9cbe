import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Log } from '../../kernel/log.ts';

const Cursor = Type.Object({
  /** When the sample city first opened, and until when its events are stored. Units: epoch ms of domain time. */
  firstAt: Type.Integer(),
  toldUntil: Type.Integer(),
  isOpened: Type.Boolean(),
  gaps: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
});

/** How far the sample city has told its events. */
export type Cursor = Static<typeof Cursor>;

const isCursor = Compile(Cursor);

/** Keeps the cursor beside the feed, so that a restart goes on where it stopped. */
export interface CursorFile {
  read(): Cursor | undefined;
  write(cursor: Cursor): void;
}

/** Opens the cursor. One that can not be read is said and begun anew: keys are the same, so nothing enters twice. */
export function openCursor(folder: string, log: Log): CursorFile {
  const file = join(folder, 'cursor.json');
  return {
    read() {
      if (!existsSync(file)) return undefined;
      try {
        const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (isCursor.Check(found)) return found;
        log.warn({ file: 'cursor.json' }, 'cursor of the sample city has another form; begun anew');
      } catch (error) {
        log.warn({ error: String(error) }, 'cursor of the sample city can not be read; begun anew');
      }
      return undefined;
    },
    write(cursor) {
      writeFileSync(`${file}.new`, JSON.stringify(cursor), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
