import type { ScheduledWall, WallState } from '#contract/wall.ts';
import type { WallMemory } from '../../domain/wall/memory.ts';
import { stateHash } from '../../domain/wall/stateHash.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { chainOf, type WallLine } from './wallChain.ts';

/** Wakes every node when a wall changed. */
export const WALL_CHANNEL = 'wall_changed';

/** One change as the wall's own log keeps it. `at` is domain time, `applyAt` real time. */
export interface WallChange {
  memory: WallMemory;
  at: number;
  actor: string;
  act: string;
}

export const scheduledOf = (state: WallState): ScheduledWall => ({ wall: state.wall, rev: state.rev, applyAt: state.changedAt, state });

export async function readWalls(db: Queryable): Promise<WallMemory[]> {
  const rows = await db.query<{ state: WallMemory }>('select state from wall_state order by wall');
  return rows.map(({ state }) => state);
}

/** The wall as last committed; other writers wait until this transaction ends. */
export async function lockWall(tx: Queryable, wall: string): Promise<WallMemory | undefined> {
  const [row] = await tx.query<{ state: WallMemory }>('select state from wall_state where wall = $1 for update', [wall]);
  return row?.state;
}

/** Writes a change and its line in the log, chained to the line before. Returns false when another node opened the wall first. */
export async function writeWall(tx: Queryable, { memory, at, actor, act }: WallChange): Promise<boolean> {
  const { shown } = memory;
  const [head] = await tx.query<{ chain: string }>('select chain from wall_state where wall = $1 for update', [shown.wall]);
  const prev = head?.chain ?? '';
  const line: WallLine = { wall: shown.wall, rev: shown.rev, at, actor, act, why: shown.why, applyAt: shown.changedAt, hash: stateHash(shown), state: shown };
  const chain = chainOf(prev, line);
  const stored = await tx.query(
    `insert into wall_state (wall, rev, state, updated_at, chain) values ($1, $2, $3, $4, $5)
     on conflict (wall) do update set rev = excluded.rev, state = excluded.state, updated_at = excluded.updated_at, chain = excluded.chain
     where wall_state.rev < excluded.rev
     returning wall`,
    [shown.wall, shown.rev, JSON.stringify(memory), shown.changedAt, chain],
  );
  if (stored.length === 0) return false;
  await tx.query('insert into wall_log (wall, rev, at, actor, act, why, state, apply_at, hash, prev, chain) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    line.wall, line.rev, at, actor, act, line.why, JSON.stringify(shown), line.applyAt, line.hash, prev, chain,
  ]);
  await tx.query(`select pg_notify('${WALL_CHANNEL}', '')`);
  return true;
}

/** What a wall showed at a moment. Units: domain time, epoch ms. */
export async function readWallAt(engine: Engine, wall: string, at: number): Promise<WallState | undefined> {
  const [row] = await engine.query<{ state: WallState }>('select state from wall_log where wall = $1 and at <= $2 order by rev desc limit 1', [wall, at]);
  return row?.state;
}
