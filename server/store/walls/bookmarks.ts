import { okay, refused } from '#contract/faults.ts';
import type { Bookmark } from '#contract/replay.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';

const BOOKMARK = `'bm-' || id as id, at, name, wall, made_by_name as "madeBy", made_at as "madeAt"`;
const PREFIX = 'bm-';

/** Commands that keep moments under a name. A bookmark is everybody's; whoever operates may remove it. */
export function createBookmarkCommands({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): CommandHandlers {
  const rows = async <R>(text: string, params: readonly unknown[]): Promise<R[] | undefined> => {
    try {
      return await engine.query<R>(text, params);
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  };
  return {
    async 'bookmark.add'(actor, { at, name, wall }) {
      const made = await rows<Bookmark>(
        `insert into replay_bookmark (at, name, wall, made_by, made_by_name, made_at) values ($1, $2, $3, $4, $5, $6) returning ${BOOKMARK}`,
        [at, name, wall ?? null, actor.id, actor.name, Math.round(clock.now())],
      );
      return made ? okay(made[0]!) : refused('STORE_UNAVAILABLE');
    },
    async 'bookmark.remove'(_actor, { id }) {
      const number = id.startsWith(PREFIX) ? Number(id.slice(PREFIX.length)) : Number.NaN;
      if (!Number.isSafeInteger(number)) return refused('NOT_FOUND');
      const removed = await rows('delete from replay_bookmark where id = $1 returning id', [number]);
      if (!removed) return refused('STORE_UNAVAILABLE');
      return removed.length > 0 ? okay({}) : refused('NOT_FOUND');
    },
  };
}
