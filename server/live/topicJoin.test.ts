import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry, PushedEntry } from '#contract/entry.ts';
import { scopeOf } from '../domain/scope.ts';
import { createRealClock } from '../kernel/clock.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createAudiences, type Outlet } from './audiences.ts';
import { createFakeLog, operator, outreachEntry } from './fakes.ts';
import { createTopicJoin } from './topicJoin.ts';
import { rooms } from './wire.ts';

const WARDS = ['A', 'B'] as const;
const READERS = [null, null, ['A'], ['A'], ['B']] as const;

/** A screen: it believes only what the contract promises and notes every breach. */
function createReader(units: readonly string[] | null) {
  const known = new Map<string, number>();
  let cursor: { epoch: string; seq: number } | undefined;
  const breaches: string[] = [];
  const apply = (entry: LogEntry) => {
    if (units && !units.includes((entry.body as { ward: string }).ward)) breaches.push(`saw ${entry.seq} of another ward`);
    if ((known.get(entry.id) ?? 0) < entry.rev) known.set(entry.id, entry.rev);
  };
  return {
    units,
    known,
    breaches,
    cursor: () => cursor,
    answered(reply: { epoch: string; head: number; snapshot?: LogEntry[]; entries?: LogEntry[] }, after: { seq: number } | undefined) {
      if ((reply.snapshot === undefined) === (reply.entries === undefined)) breaches.push('not exactly one of snapshot and entries');
      if (reply.snapshot) known.clear();
      let last = after?.seq ?? 0;
      for (const entry of reply.entries ?? []) {
        if (entry.seq <= last || entry.seq > reply.head) breaches.push(`entry ${entry.seq} outside (${last}, ${reply.head}]`);
        last = entry.seq;
      }
      [...(reply.snapshot ?? []), ...(reply.entries ?? [])].forEach(apply);
      cursor = { epoch: reply.epoch, seq: reply.head };
    },
    pushed(entry: PushedEntry) {
      if (entry.prev !== cursor?.seq || entry.seq <= entry.prev) breaches.push(`pushed ${entry.seq} after ${entry.prev} at cursor ${cursor?.seq}`);
      apply(entry);
      cursor = { epoch: entry.epoch, seq: entry.seq };
    },
  };
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), thing: fc.nat(4), ward: fc.constantFrom(...WARDS) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('announce' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), reader: fc.nat(READERS.length - 1), resumes: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), reader: fc.nat(READERS.length - 1) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('release' as const), which: fc.nat(9) }) },
);

test('no interleaving of commits, joins and cuts loses, doubles, reorders or leaks an entry', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const paused: (() => void)[] = [];
      const log = createFakeLog(() => new Promise((resolve) => void paused.push(resolve)));
      const readers = READERS.map((units) => createReader(units));
      const seats = new Map<string, Set<number>>();
      const outlet: Outlet = {
        toRoom: (room, entry) => seats.get(room)?.forEach((index) => readers[index]!.pushed(entry)),
        toOne: (socket, entry) => readers[Number(socket)]!.pushed(entry),
        enter: (socket, room) => void seats.set(room, (seats.get(room) ?? new Set()).add(Number(socket))),
        leave: (socket, room) => void seats.get(room)?.delete(Number(socket)),
      };
      const clock = createRealClock(() => 0);
      const audiences = createAudiences({ log, outlet, isSound: () => true, onGap: () => expect.unreachable(), logger: createSilentLog(), roomOf: rooms.log });
      log.follow((entries) => audiences.deliver(entries));
      const join = createTopicJoin({ log, audiences, outlet, isSound: () => true, clock, snapshots: { share: () => undefined, packOf: async () => undefined } });
      const revs = new Map<string, number>();
      const committed: LogEntry[] = [];
      const joined = new Set<number>();
      const asking = new Map<number, object>();
      const settled = async () => {
        for (let turn = 0; turn < 8; turn++) await Promise.resolve();
      };

      const start = (index: number, resumes: boolean) => {
        const reader = readers[index]!;
        const after = resumes ? reader.cursor() : undefined;
        const question = {};
        joined.add(index);
        asking.set(index, question);
        const scope = scopeOf({ ...operator, units: reader.units ? [...reader.units] : null }, () => []);
        void join({ socket: String(index), topic: 'outreach', scope, scopeKey: reader.units?.join() ?? '*', after }).then((outcome) => {
          if (!outcome.ok || asking.get(index) !== question) return;
          asking.delete(index);
          reader.answered(outcome.value.reply, after);
          outcome.value.settle();
        });
      };

      const perform = (next: typeof steps[number]) => {
        if (next.do === 'commit') {
          const id = `${next.ward}${next.thing}`;
          revs.set(id, (revs.get(id) ?? 0) + 1);
          committed.push(log.commit(outreachEntry(id, revs.get(id)!, next.ward)));
        } else if (next.do === 'announce') log.announce();
        else if (next.do === 'release') paused.splice(next.which % Math.max(1, paused.length), 1)[0]?.();
        else if (next.do === 'cut') {
          audiences.forget(String(next.reader));
          joined.delete(next.reader);
          asking.delete(next.reader);
        } else if (!asking.has(next.reader)) start(next.reader, next.resumes);
      };

      for (const next of steps) {
        perform(next);
        await settled();
      }
      while (paused.length > 0) {
        paused.shift()!();
        await settled();
      }
      log.announce();
      for (const index of joined) {
        const reader = readers[index]!;
        const visible = committed.filter(({ body }) => !reader.units || (reader.units as readonly string[]).includes((body as { ward: string }).ward));
        expect(Object.fromEntries(reader.known)).toEqual(Object.fromEntries(visible.map(({ id, rev }) => [id, rev])));
      }
      expect(readers.flatMap(({ breaches }) => breaches)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test('entries of one audience are handed on once, whatever the number of its readers', () => {
  const log = createFakeLog();
  let sent = 0;
  const outlet: Outlet = { toRoom: () => void sent++, toOne: () => expect.unreachable(), enter() {}, leave() {} };
  const audiences = createAudiences({ log, outlet, isSound: () => true, onGap: () => expect.unreachable(), logger: createSilentLog(), roomOf: rooms.log });
  const scope = scopeOf(operator, () => []);
  for (let index = 0; index < 500; index++) audiences.of('outreach', scope, '*').seated.add(String(index));
  log.commit(outreachEntry('ou-1', 1));
  log.follow((entries) => audiences.deliver(entries));
  log.announce();
  expect(sent).toBe(1);
});

test('a skipped number sends every screen back to its cursor', () => {
  const log = createFakeLog();
  let gaps = 0;
  const outlet: Outlet = { toRoom() {}, toOne() {}, enter() {}, leave() {} };
  const audiences = createAudiences({ log, outlet, isSound: () => true, onGap: () => void gaps++, logger: createSilentLog(), roomOf: rooms.log });
  audiences.deliver([{ ...outreachEntry('ou-1', 1), seq: 1 }, { ...outreachEntry('ou-1', 2), seq: 3 }]);
  expect(gaps).toBe(1);
  expect(audiences.tail()).toBe(3);
});

test('a new epoch sends every screen back and goes on from the new entries', () => {
  const log = createFakeLog();
  let gaps = 0;
  const outlet: Outlet = { toRoom() {}, toOne() {}, enter() {}, leave() {} };
  log.commit(outreachEntry('ou-1', 1));
  log.commit(outreachEntry('ou-2', 1));
  log.announce();
  const audiences = createAudiences({ log, outlet, isSound: () => true, onGap: () => void gaps++, logger: createSilentLog(), roomOf: rooms.log });
  log.restore();
  audiences.deliver([{ ...outreachEntry('ou-1', 2), seq: 2 }]);
  expect(gaps).toBe(1);
  expect(audiences.tail()).toBe(2);
  expect(audiences.heads('*', true)).toEqual({ outreach: 2 });
});
