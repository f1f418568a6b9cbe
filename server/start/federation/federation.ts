import { join } from 'node:path';
import type { Cursor, LogEntry } from '#contract/entry.ts';
import type { LinkAbove } from '#contract/system.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { crosses, sliceItem } from '../../domain/system/slice.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { createLinkState } from './linkState.ts';
import { createOwnAlerts, readCursors, textOf, writeCursors } from './ownAlerts.ts';
import type { FederationSettings } from './settings.ts';
import { createUpperCentre, CursorGone, LinkFailure } from './upperCentre.ts';

const PAGE = 500;
const EVERY_S = 2;
/** A refused account or key waits for people; asking often would lock the account. */
const REFUSED_AGAIN_MS = 30_000;
const ABOVE: Source = { id: 'ioc-above', name: 'Trung tâm cấp trên', topics: ['alert'], provenance: 'real' };

/** The link of a centre to the one above it. */
export interface Federation extends Closable {
  state(): LinkAbove;
  close(): Promise<void>;
}

interface Deps {
  settings: FederationSettings;
  door: DoorPort;
  log: LogPort;
  clock: Pick<Clock, 'realNow'>;
  dataFolder: string;
  logger: Log;
  fetchIt?: typeof fetch;
}

/** A centre under another: takes in its slice of the log above and sends its own alerts up, both through the public doors, both from a cursor that moves only when the other side has answered. */
export function createFederation({ settings, door, log, clock, dataFolder, logger, fetchIt = fetch }: Deps): Federation {
  const above = createUpperCentre(settings, fetchIt);
  const file = join(dataFolder, 'federation-cursors.json');
  const cursors = readCursors(file);
  const own = createOwnAlerts({ log, above: ABOVE.id, page: PAGE });
  const link = createLinkState({ clock, logger, refused: cursors.refused ?? null });
  let isClosed = false;
  let notBefore = 0;

  const keep = (way: 'up' | 'down', at: Cursor) => {
    Object.assign(cursors, { [way]: textOf(at), refused: link.now().refused });
    writeCursors(file, cursors);
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
      if (!taken.ok) throw new LinkFailure('store', `the own door: ${taken.fault.code}`);
      link.passOver(taken.value.results, 'down');
    }
    const last = entries.at(-1);
    if (last) keep('down', { epoch, seq: last.seq });
    return entries.length === PAGE;
  };

  const sendUp = async (): Promise<boolean> => {
    const { items, last, isFull } = await own.read(cursors.up, () => delete cursors.up);
    if (items.length > 0) link.passOver(await above.send(items), 'up');
    if (last) keep('up', last);
    return isFull;
  };

  /** Each way for itself: what keeps one from passing does not hold up the other. */
  const round = async () => {
    if (clock.realNow() < notBefore) return;
    const failures: unknown[] = [];
    for (const way of [takeDown, sendUp]) await (async () => { while (!isClosed && (await way())); })().catch((error: unknown) => failures.push(error));
    if (isClosed) return;
    if (failures.length === 0) return link.heard();
    const error = failures.find((one) => one instanceof LinkFailure && one.why !== 'away') ?? failures[0];
    link.failed(error, await own.waiting(cursors.up).catch(() => link.now().waiting));
    if (error instanceof LinkFailure && (error.why === 'account' || error.why === 'key')) notBefore = clock.realNow() + REFUSED_AGAIN_MS;
  };
  let working: Promise<void> | undefined;
  const timer = setInterval(() => {
    working ??= round()
      .catch((error: unknown) => logger.error({ error: String(error) }, 'a round with the centre above broke'))
      .finally(() => (working = undefined));
  }, (settings.everyS ?? EVERY_S) * 1000);

  return {
    state: link.now,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await working;
    },
  };
}
