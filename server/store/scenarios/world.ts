import type { InjectTopic } from '#contract/scenario.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { okay, refused } from '#contract/faults.ts';
import { itemAt } from '../../../layouts/injects.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import type { PlannedItem } from '../../domain/scenario/plan.ts';
import { pictureOf } from '../../domain/scenario/picture.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Walls } from '../walls/walls.ts';
import { doorRef } from './conditions.ts';
import { idOfRun, type RunRow } from './runRows.ts';

/** What a run does to the world: it sends through the door like any source, and shows on its wall. */
export interface World {
  /** Ids of what was sent, by `ref`. Sending again is harmless. */
  send(row: RunRow, items: readonly PlannedItem[]): Promise<Record<string, string>>;
  show(row: RunRow, actor: Principal, why: string): Promise<Outcome<ScheduledWall>>;
  giveBack(row: RunRow, actor: Principal): Promise<Outcome<ScheduledWall>>;
}

export function createWorld({ door, walls, clock, logger }: { door: DoorPort; walls: Walls; clock: Clock; logger: Log }): World {
  const sourceOf = (row: RunRow): Source => ({ id: idOfRun(row.n), name: `Diễn tập: ${row.spec.name.vi}`, topics: null, provenance: 'simulated', rehearsal: idOfRun(row.n) });
  const contextOf = (row: RunRow) => {
    const profile = walls.profiles().find(({ id }) => id === row.wall);
    const facts = { run: idOfRun(row.n), isRehearsal: row.isRehearsal, bindings: { cameras: row.cameras, things: row.things } };
    return profile && pictureOf(row.spec, { ...row.head, phase: row.phase }, profile, walls.allScenes(), facts, row.sinceAt);
  };

  const messageOf = (run: string, { key, ref, item }: PlannedItem, now: number, at: number) => {
    const filled = itemAt(item, now);
    const { about } = filled as { about?: { topic: string; ref: string } };
    return { ...filled, ...(about ? { about: { ...about, ref: doorRef(run, about.ref) } } : {}), key: doorRef(run, key), ref: doorRef(run, ref), at };
  };

  return {
    async send(row, items) {
      if (!row.isRehearsal || items.length === 0) return {};
      const run = idOfRun(row.n);
      const now = clock.now();
      const ids: Record<string, string> = {};
      for (const [topic, sent] of Map.groupBy(items, (item): InjectTopic => item.topic)) {
        /** What a jump passes over comes in one moment; of several readings of one thing the last must count. */
        const answer = await door.ingest(sourceOf(row), topic, sent.map((item, index) => messageOf(run, item, now, now - (sent.length - 1 - index))));
        if (!answer.ok) {
          logger.warn({ run, topic, code: answer.fault.code }, 'a scenario could not send');
          continue;
        }
        for (const [index, { id, status, fault }] of answer.value.results.entries()) {
          const ref = sent[index]?.ref ?? '';
          if (id) ids[ref] = id;
          if (status === 'rejected') logger.warn({ run, topic, ref, code: fault?.code, pointer: fault?.pointer }, 'the door refused an item of a scenario');
        }
      }
      return ids;
    },
    async show(row, actor, why) {
      const context = contextOf(row);
      return context ? walls.act(actor, row.wall, { do: 'story', run: idOfRun(row.n), step: context.story.step }, why, context) : refused('WALL_SCENE', { detail: row.spec.steps[Math.max(0, row.head.step)]?.scene ?? '' });
    },
    async giveBack(row, actor) {
      const context = contextOf(row);
      const current = walls.current(row.wall);
      if (current.ok && current.value.state.story?.run !== idOfRun(row.n)) return okay(current.value);
      return context ? walls.act(actor, row.wall, { do: 'story-end', run: idOfRun(row.n) }, '', context) : refused('WALL_UNKNOWN');
    },
  };
}
