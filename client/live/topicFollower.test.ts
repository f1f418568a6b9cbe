import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cursor, LogEntry, PushedEntry } from '#contract/entry.ts';
import { faultOf, okay, refused, type Outcome } from '#contract/faults.ts';
import { createTopicFollower } from './topicFollower.ts';
import type { Joined } from './topicStore.ts';

const entryOf = (seq: number, id = `al-${seq % 3}`): LogEntry => ({ seq, topic: 'alert', key: `k${seq}`, id, rev: seq, at: seq, body: { seq } });

/** A log that answers joins the way the server promises to. */
function createLog(epoch = 'epoch-one') {
  const entries: LogEntry[] = [];
  const asked: (Cursor | undefined)[] = [];
  let current = epoch;
  const latest = (): LogEntry[] => [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  return {
    asked,
    latest,
    append(): PushedEntry {
      const prev = entries.at(-1)?.seq ?? 0;
      const entry = entryOf(prev + 1);
      entries.push(entry);
      return { ...entry, epoch: current, prev };
    },
    restart(next: string) {
      current = next;
      entries.length = 0;
    },
    head: () => entries.at(-1)?.seq ?? 0,
    epoch: () => current,
    async ask(_topic: string, after?: Cursor): Promise<Outcome<Joined>> {
      asked.push(after);
      const head = entries.at(-1)?.seq ?? 0;
      if (after && after.epoch !== current) return refused('LOG_EPOCH');
      return okay(after ? { epoch: current, head, entries: entries.filter((entry) => entry.seq > after.seq) } : { epoch: current, head, snapshot: latest() });
    },
  };
}
const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

test('a topic starts from a snapshot and goes on with pushes', async () => {
  const log = createLog();
  log.append();
  const follower = createTopicFollower('alert', log.ask);
  await follower.join();
  follower.push(log.append());
  expect(follower.store.things()).toMatchObject(log.latest());
  expect(log.asked).toEqual([undefined]);
});

test('whatever is lost, repeated or reordered, the beat makes the picture whole', async () => {
  const fates = fc.array(fc.constantFrom('deliver', 'lose', 'twice', 'hold'), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fates, async (plan) => {
      const log = createLog();
      const follower = createTopicFollower('alert', log.ask);
      await follower.join();
      const held: PushedEntry[] = [];
      for (const fate of plan) {
        const entry = log.append();
        if (fate === 'hold') held.push(entry);
        if (fate === 'deliver' || fate === 'twice') follower.push(entry);
        if (fate === 'twice') follower.push(entry);
        await settled();
      }
      held.reverse().forEach((entry) => follower.push(entry));
      await settled();
      for (let beat = 0; beat < 2; beat++) follower.beat(log.epoch(), log.head());
      await settled();
      const byId = (a: LogEntry, b: LogEntry) => a.id.localeCompare(b.id);
      expect([...follower.store.things()].sort(byId).map((thing) => [thing.id, thing.rev])).toEqual(log.latest().sort(byId).map((thing) => [thing.id, thing.rev]));
      expect(follower.store.cursor?.seq).toBe(log.head());
    }),
  );
});

test('one beat ahead is a push on its way, two are a lost push', async () => {
  const log = createLog();
  const follower = createTopicFollower('alert', log.ask);
  await follower.join();
  log.append();
  follower.beat(log.epoch(), log.head());
  expect(log.asked).toHaveLength(1);
  follower.beat(log.epoch(), log.head());
  await settled();
  expect(log.asked[1]).toEqual({ epoch: 'epoch-one', seq: 0 });
  expect(follower.store.things()).toHaveLength(1);
});

test('a question the server could not answer is asked again with the next beat, whatever was known before', async () => {
  const log = createLog();
  log.append();
  let isAway = true;
  const follower = createTopicFollower('alert', async (topic, after) => (isAway ? refused('STORE_UNAVAILABLE') : log.ask(topic, after)));
  const beat = async () => {
    follower.beat(log.epoch(), undefined);
    await settled();
  };
  await beat();
  expect(log.asked).toEqual([]);
  await follower.join();
  await beat();
  expect([follower.store.cursor, follower.beatsBehind]).toEqual([undefined, 0]);
  isAway = false;
  await beat();
  expect(follower.store.things()).toHaveLength(1);

  follower.suspend();
  log.append();
  isAway = true;
  await follower.join();
  isAway = false;
  await beat();
  expect(follower.store.things()).toMatchObject(log.latest());
  await beat();
  expect([log.asked.length, follower.beatsBehind]).toEqual([2, 0]);
});

test('a new epoch starts the picture anew', async () => {
  const log = createLog();
  log.append();
  const follower = createTopicFollower('alert', log.ask);
  await follower.join();
  log.restart('epoch-two');
  follower.beat('epoch-two', 0);
  await settled();
  expect(follower.store.things()).toEqual([]);
  expect(follower.store.cursor).toEqual({ epoch: 'epoch-two', seq: 0 });
});

test('a push during a join is not lost and not applied twice', async () => {
  const log = createLog();
  const follower = createTopicFollower('alert', log.ask);
  const joining = follower.join();
  const early = log.append();
  follower.push(early);
  await joining;
  follower.push(early);
  expect(follower.store.things()).toHaveLength(1);
  expect(follower.store.cursor?.seq).toBe(1);
});

test('an answer that comes after the connection was cut is not taken', async () => {
  const answers: ((joined: Outcome<Joined>) => void)[] = [];
  const follower = createTopicFollower('alert', () => new Promise((resolve) => answers.push(resolve)));
  const joining = follower.join();
  follower.suspend();
  answers[0]?.(okay({ epoch: 'epoch-old', head: 9, snapshot: [] }));
  await joining;
  expect(follower.store.cursor).toBeUndefined();
});

test('a topic this screen may not see shows why', async () => {
  const follower = createTopicFollower('feedback', async () => ({ ok: false, fault: faultOf('AUTH_FORBIDDEN') }));
  await follower.join();
  expect(follower.store.fault?.code).toBe('AUTH_FORBIDDEN');
  follower.beat('epoch-one', 5);
  expect(follower.beatsBehind).toBe(0);
});
