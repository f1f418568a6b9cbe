import { createHash } from 'node:crypto';
import type { WallState } from '#contract/wall.ts';
import { canonicalJson, stateHash } from '../../domain/wall/stateHash.ts';
import type { Queryable } from '../engine/engine.ts';

const PAGE = 500;

/** One line of a wall's log, as the chain sees it. Units: `at` domain time, `applyAt` real time. */
export interface WallLine {
  wall: string;
  rev: number;
  at: number;
  actor: string;
  act: string;
  why: string;
  applyAt: number;
  hash: string;
  state: WallState;
}

/** Name of a line and of everything before it. */
export const chainOf = (prev: string, { wall, rev, at, actor, act, why, applyAt, hash, state }: WallLine): string =>
  createHash('sha256').update(`${prev}\n${canonicalJson({ wall, rev, at, actor, act, why, applyAt, hash, state })}`).digest('hex');

/** What a check of all walls found. `part` says whether the picture itself or something said about it was changed. */
export type WallLogCheck =
  | { ok: true; walls: number; lines: number }
  | { ok: false; lines: number; wall: string; rev: number; why: 'missing' | 'changed'; part: 'picture' | 'line' };

type KeptLine = WallLine & { prev: string | null; chain: string | null };

/** Reads every wall's log and names the first line that was changed, removed or added by hand. */
export async function verifyWallLog(store: Queryable): Promise<WallLogCheck> {
  const heads = await store.query<{ wall: string; rev: number; chain: string }>('select wall, rev, chain from wall_state order by wall');
  let lines = 0;
  for (const head of heads) {
    const checked = await verifyOne(store, head);
    lines += checked.lines;
    if (checked.bad) return { ok: false, lines, wall: head.wall, ...checked.bad };
  }
  return { ok: true, walls: heads.length, lines };
}

type Bad = Pick<Extract<WallLogCheck, { ok: false }>, 'rev' | 'why' | 'part'>;

async function verifyOne(store: Queryable, head: { wall: string; rev: number; chain: string }): Promise<{ lines: number; bad?: Bad }> {
  let lines = 0;
  let last: { rev: number; chain: string } | undefined;
  for (;;) {
    const page = await store.query<KeptLine>(
      `select wall, rev, at, actor, act, why, apply_at as "applyAt", hash, state, prev, chain from wall_log
       where wall = $1 and rev > $2 and chain is not null order by rev limit ${PAGE}`,
      [head.wall, last?.rev ?? 0],
    );
    for (const line of page) {
      const bad = faultOf(line, last);
      if (bad) return { lines, bad };
      last = { rev: line.rev, chain: line.chain! };
      lines += 1;
    }
    if (page.length < PAGE) break;
  }
  if (head.chain !== '' && (last?.rev ?? 0) < head.rev) return { lines, bad: { rev: (last?.rev ?? 0) + 1, why: 'missing', part: 'line' } };
  if (head.chain !== (last?.chain ?? '')) return { lines, bad: { rev: last?.rev ?? head.rev, why: 'changed', part: 'line' } };
  return { lines };
}

function faultOf(line: KeptLine, last: { rev: number; chain: string } | undefined): Bad | undefined {
  if (last && line.rev !== last.rev + 1) return { rev: last.rev + 1, why: 'missing', part: 'line' };
  if (line.hash !== stateHash(line.state)) return { rev: line.rev, why: 'changed', part: 'picture' };
  if (line.prev !== (last?.chain ?? '') || line.chain !== chainOf(line.prev, line)) return { rev: line.rev, why: 'changed', part: 'line' };
  return undefined;
}
