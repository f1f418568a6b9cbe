import type { LogEntry } from '#contract/entry.ts';
import { causesOf, type Cause } from '../../domain/notice/causes.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import type { NoticeWays } from '../../domain/ports/notices.ts';
import { wholeScope, type Subtree } from '../../domain/scope.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { readPeople, tellPeople, type Person } from './tell.ts';

const MOST_ENTRIES = 500;
const LOOK_MS = 1000;

/** Turns the log into notices, each exactly once: the cursor moves in the transaction that writes them. */
export interface Teller extends Closable {
  /** Takes what the log has beyond the cursor. Returns how many notices were written. */
  look(): Promise<number>;
  close(): Promise<void>;
}

export function createTeller(deps: { engine: Engine; log: LogPort; ways: NoticeWays; subtree: Subtree; logger: Log; lookMs?: number }): Teller {
  const { engine, log, ways, subtree, logger, lookMs = LOOK_MS } = deps;

  const tell = (tx: Tx, { seq, topic, id, at }: LogEntry, cause: Cause, people: readonly Person[]) =>
    tellPeople(tx, people, { cause: `${seq}/${cause.kind}`, kind: cause.kind, topic, thing: id, at }, cause, { ways, subtree });

  const once = () =>
    engine.tx(async (tx) => {
      await tx.query('insert into notice_cursor (epoch, seq) values ($1, $2) on conflict do nothing', [log.epoch(), log.head()]);
      const [cursor] = await tx.query<{ epoch: string; seq: number }>('select epoch, seq from notice_cursor for update');
      const isNewEpoch = cursor!.epoch !== log.epoch();
      if (isNewEpoch) await tx.query('update notice_cursor set epoch = $1, seq = $2', [log.epoch(), log.head()]);
      return isNewEpoch ? undefined : cursor;
    });

  const look = async (): Promise<number> => {
    const cursor = await once();
    if (!cursor || cursor.seq >= log.head()) return 0;
    const page = await log.read({ topics: ['alert', 'handling-request'], after: cursor, limit: MOST_ENTRIES, scope: wholeScope('notices') });
    if (!page.ok) {
      if (page.fault.code !== 'STORE_UNAVAILABLE') await engine.query('update notice_cursor set epoch = $1, seq = $2', [log.epoch(), log.head()]);
      return 0;
    }
    const { entries } = page.value;
    const isReal = ({ body }: { body: unknown }) => !(body as { rehearsal?: string | null }).rehearsal;
    const reached = entries.length < MOST_ENTRIES ? Math.max(page.value.head, cursor.seq) : entries.at(-1)!.seq;
    return engine.tx(async (tx) => {
      const [now] = await tx.query<{ seq: number }>('select seq from notice_cursor for update');
      if (now?.seq !== cursor.seq) return 0;
      const causes = entries.filter(isReal).flatMap((entry) => causesOf(entry).map((cause) => ({ entry, cause })));
      const people = causes.length === 0 ? [] : await readPeople(tx);
      let told = 0;
      for (const { entry, cause } of causes) told += await tell(tx, entry, cause, people);
      await tx.query('update notice_cursor set seq = $1', [reached]);
      return told;
    });
  };

  let looking: Promise<unknown> | undefined;
  const tick = (): void => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable || error instanceof StoreConflict)) throw error;
        logger.warn({ error: error.message }, 'notices wait for the store');
      })
      .finally(() => (looking = undefined));
  };
  const timer = setInterval(tick, lookMs);
  return {
    look,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
