import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cursor, LogEntry } from '#contract/entry.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { wholeScope } from '../../domain/scope.ts';
import { crosses, sliceItem } from '../../domain/system/slice.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { FederationSettings } from './settings.ts';
import { createUpperCentre, CursorGone } from './upperCentre.ts';

const PAGE = 500;
const EVERY_S = 2;
const ABOVE: Source = { id: 'ioc-above', name: 'Trung tâm cấp trên', topics: ['alert'], provenance: 'real' };

interface Cursors {
  /** In the log above. */
  down?: string;
  /** In the own log. */
  up?: string;
}

const textOf = ({ epoch, seq }: Cursor) => `${epoch}:${seq}`;
const cursorOf = (text: string | undefined): Cursor | null => (text === undefined ? null : { epoch: text.slice(0, text.lastIndexOf(':')), seq: Number(text.slice(text.lastIndexOf(':') + 1)) });

/** A centre under another: takes in its slice of the log above and sends its own alerts up, both through the public doors, both from a cursor that moves only when the other side has answered. */
export function createFederation(deps: { settings: FederationSettings; door: DoorPort; log: LogPort; dataFolder: string; logger: Log; fetchIt?: typeof fetch }): Closable & { close(): Promise<void> } {
  const { settings, door, log, dataFolder, logger, fetchIt = fetch } = deps;
  const above = createUpperCentre(settings, fetchIt);
  const file = join(dataFolder, 'federation-cursors.json');
  const cursors: Cursors = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Cursors) : {};
  let isLost = false;
  let isClosed = false;

  const keep = () => {
    writeFileSync(`${file}.new`, JSON.stringify(cursors), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };

  /** Returns whether there may be more at once. */
  const takeDown = async (): Promise<boolean> => {
    const { epoch, entries } = await above.read(cursors.down).catch((error: unknown) => {
      if (error instanceof CursorGone) delete cursors.down;
      throw error;
    });
    const items = (entries as LogEntry<AlertState>[]).filter(({ body }) => crosses(body, settings.source)).map((entry) => sliceItem(entry, epoch));
    if (items.length > 0) {
      const taken = await door.ingest(ABOVE, 'alert', items);
      if (!taken.ok) throw new Error(`the own door: ${taken.fault.code}`);
    }
    const last = entries.at(-1);
    if (last) cursors.down = textOf({ epoch, seq: last.seq });
    if (last) keep();
    return entries.length === PAGE;
  };

  const sendUp = async (): Promise<boolean> => {
    const page = await log.read({ topics: ['alert'], after: cursorOf(cursors.up), limit: PAGE, scope: wholeScope('federation') });
    if (!page.ok) {
      if (page.fault.code !== 'STORE_UNAVAILABLE') delete cursors.up;
      throw new Error(`the own log: ${page.fault.code}`);
    }
    const { epoch, entries } = page.value;
    const items = (entries as LogEntry<AlertState>[]).filter(({ body }) => crosses(body, ABOVE.id)).map((entry) => sliceItem(entry, epoch));
    if (items.length > 0) await above.send(items);
    const last = entries.at(-1);
    if (last) cursors.up = textOf({ epoch, seq: last.seq });
    if (last) keep();
    return entries.length === PAGE;
  };

  const round = async () => {
    for (const way of [takeDown, sendUp]) while (!isClosed && (await way()));
    if (isLost) logger.info({}, 'the centre above answers again');
    isLost = false;
  };
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= round()
      .catch((error: unknown) => {
        if (!isLost) logger.warn({ error: String(error) }, 'the centre above can not be reached; nothing is lost, it is tried again');
        isLost = true;
      })
      .finally(() => (working = undefined));
  }, (settings.everyS ?? EVERY_S) * 1000);

  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await working;
    },
  };
}
