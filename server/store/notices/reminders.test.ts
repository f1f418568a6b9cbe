import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createDirectives } from '../directives/directives.ts';
import { AT, createRedBench, DAY, OFFICER_A, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { createReminders, type Reminders } from './reminders.ts';

let bench: RedBench;
let reminders: Reminders;
let directives: ReturnType<typeof createDirectives>;

beforeAll(async () => {
  bench = await createRedBench('embedded');
  const { engine, clock, door, red } = bench;
  const log = createSilentLog();
  directives = createDirectives({ engine, clock, log, units, door, red, tickMs: 3_600_000 });
  reminders = createReminders({ engine, clock, red: bench.reads, directives, ways: { names: () => [], quiet: () => null }, subtree: units.subtree, logger: log, lookMs: 3_600_000 });
  for (const [login, role, of] of [['can-bo', 'unit-officer', ['SM-A']], ['can-bo-khac', 'unit-officer', ['SM-B']], ['truc', 'operator', null], ['lanh-dao', 'leader', null], ['bien-tap', 'report-editor', null]] as const) {
    await engine.query(`insert into account (login, name, position, roles, units, password_hash, created_at) values ($1, $1, 'x', $2, $3, 'x', 0)`, [login, [role], of]);
  }
});
afterAll(async () => {
  await reminders.close();
  await directives.close();
  await bench.close();
});

const told = async () => (await bench.engine.query<{ who: string; kind: string }>(`select a.login as who, o.kind from notice o join account a on a.id = o.account where o.topic = 'case' order by o.n`)).map(({ who, kind }) => `${who}: ${kind}`);
const moveTo = async (at: number) => {
  bench.clock.move({ at });
  await bench.engine.query('delete from notice');
  await reminders.look();
};

it('reminds the unit first, then the desk, then leaders, each stage once; a broken promise stands in the trace of its case', async () => {
  await bench.value('UP', 'SM-A', '2026-09', 10);
  const [opened] = await bench.cases();
  await bench.work['case.acknowledge'](OFFICER_A, { id: opened!.id });
  const dueAt = AT + 14 * DAY;
  await bench.work['case.plan'](OFFICER_A, { id: opened!.id, cause: 'c', solution: 's', responsible: await bench.account('tp', ['SM-A']), milestones: [{ title: 'Bàn giao', dueAt }] });
  await bench.work['case.submit'](OFFICER_A, { id: opened!.id });
  await bench.work['case.verify'](OPERATOR, { id: opened!.id, isAccepted: true });

  await moveTo(dueAt - 4 * DAY);
  expect(await told()).toEqual(['can-bo: reminder', 'tp: reminder']);
  expect(await reminders.look()).toBe(0);
  await moveTo(dueAt - 3_600_000);
  expect(await told()).toEqual(['can-bo: reminder', 'truc: reminder', 'tp: reminder']);
  expect(await bench.engine.query(`select act from work_act where act = 'case.break-promise'`)).toEqual([]);
  await moveTo(dueAt);
  expect((await told()).sort()).toEqual(['can-bo: promise-broken', 'tp: promise-broken', 'truc: promise-broken']);
  await moveTo(dueAt + 7 * DAY);
  expect((await told()).sort()).toEqual(['can-bo: promise-broken', 'lanh-dao: promise-broken', 'tp: promise-broken', 'truc: promise-broken']);
  expect(await bench.engine.query(`select thing, actor, words, at from work_act where act = 'case.break-promise'`)).toEqual([{ thing: opened!.id, actor: 'system-red', words: 'Bàn giao', at: dueAt }]);
});

it('what is beyond the authority of a unit goes up to leaders by itself', async () => {
  const blockedAt = bench.clock.now();
  await bench.send('assignment', [{ key: 'vuong', at: blockedAt, unit: 'SM-B', title: 'Việc vướng', dueAt: blockedAt + 90 * DAY, progress: 10, blocked: 'Chưa có kinh phí' }]);
  await moveTo(blockedAt + 10 * DAY);
  const up = await bench.engine.query<{ who: string; title: string }>(`select a.login as who, o.title from notice o join account a on a.id = o.account where o.kind = 'beyond-authority' order by 1`);
  expect(up).toEqual([{ who: 'lanh-dao', title: 'Việc vướng' }, { who: 'truc', title: 'Việc vướng' }]);
});

it('a report that was sent is owed no more, and none from before the product was there', async () => {
  const due = async () => {
    const answer = await bench.reads.obligations({}, { units: null } as never);
    return answer.ok ? answer.value.items.filter(({ kind }) => kind === 'weekly-report') : [];
  };
  const [first] = await due();
  expect(first!.dueAt).toBeGreaterThan(AT);
  await bench.engine.query(`insert into report (kind, state, unit, period_from, period_to, hash, body, content) values ('weekly', 'sent', null, 0, 1, 'h', $1, '{}')`, [JSON.stringify({ dueAt: first!.dueAt })]);
  expect((await due())[0]!.dueAt).toBe(first!.dueAt + 7 * DAY);
});
