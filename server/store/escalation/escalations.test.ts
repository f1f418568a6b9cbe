import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopeOf } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createDirectives } from '../directives/directives.ts';
import { AT, createRedBench, DAY, OFFICER_A, OFFICER_B, person, type RedBench, units } from '../red/testing/bench.ts';
import { createEscalations, type Escalations } from './escalations.ts';

let bench: RedBench;
let escalations: Escalations;
let directives: ReturnType<typeof createDirectives>;
let operator: ReturnType<typeof scopeOf>;
let leader: ReturnType<typeof scopeOf>;
let caseId = '';
const officer = scopeOf(OFFICER_A, units.subtree);

/** An account with a role that may be told things. */
async function tell(login: string, role: 'operator' | 'leader') {
  const id = await bench.account(login, null);
  await bench.engine.query('update account set roles = $2 where id = $1', [Number(id.slice(3)), [role]]);
  return scopeOf(person(id, role, null), units.subtree);
}

beforeAll(async () => {
  bench = await createRedBench('embedded');
  const deps = { engine: bench.engine, clock: bench.clock, log: createSilentLog(), units };
  escalations = createEscalations({ ...deps, ways: { names: () => [], quiet: () => null }, lookMs: 3_600_000 });
  directives = createDirectives({ ...deps, door: bench.door, red: bench.red, tickMs: 3_600_000 });
  operator = await tell('vanphong', 'operator');
  leader = await tell('lanhdao', 'leader');
  await bench.value('UP', 'SM-A', '2026-09', 40);
  caseId = (await bench.cases())[0]!.id;
});
afterAll(async () => {
  await escalations.close();
  await directives.close();
  await bench.close();
});

const got = async (thing: string, scope = operator) => {
  const list = await escalations.list(thing, scope);
  if (!list.ok) throw new Error(list.fault.code);
  return list.value.items;
};

it('a unit asks above it: the first rung is told, the agenda has it first, reading is the receipt', async () => {
  const asked = await escalations.ask({ topic: 'case', thing: caseId, reason: 'Cần điều chỉnh kế hoạch vốn' }, officer);
  expect(asked).toMatchObject({ ok: true, value: { unit: 'SM-A', level: 1, mayAnswer: false, rungs: [{ level: 1, reachedAt: AT, receipts: [{ name: 'Tên vanphong', readAt: null }] }, { level: 2, reachedAt: null, receipts: [] }] } });
  const agenda = await directives.agenda(operator);
  expect(agenda.ok && agenda.value.items[0]).toMatchObject({ reason: 'escalated', exceeds: true, caseId, detail: 'Cần điều chỉnh kế hoạch vốn' });
  const id = asked.ok ? asked.value.id : '';
  expect(await escalations.read(id, operator)).toMatchObject({ ok: true, value: { mayAnswer: true, mayRaise: true, rungs: [{ receipts: [{ readAt: AT }] }, {}] } });
  const trace = await bench.reads.history(caseId, operator);
  expect(trace.ok && trace.value.items.at(-1)).toMatchObject({ act: 'case.escalate', words: 'Cần điều chỉnh kế hoạch vốn' });
});

it('one at a time, by who may work on it, and never by another unit', async () => {
  expect(await escalations.ask({ topic: 'case', thing: caseId, reason: 'nữa' }, officer)).toMatchObject({ ok: false, fault: { code: 'STATE_CONFLICT' } });
  expect(await escalations.ask({ topic: 'case', thing: caseId, reason: 'x' }, scopeOf(OFFICER_B, units.subtree))).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  expect(await got(caseId, scopeOf(OFFICER_B, units.subtree))).toEqual([]);
});

it('climbs by itself when its rung lets its time pass; only the rung it reached decides', async () => {
  const [{ id } = { id: '' }] = await got(caseId);
  expect(await escalations.climb()).toBe(0);
  bench.clock.move({ at: AT + DAY });
  expect(await escalations.climb()).toBe(1);
  expect(await escalations.climb()).toBe(0);
  expect((await got(caseId))[0]).toMatchObject({ level: 2, rungs: [{}, { reachedAt: AT + DAY, receipts: [{ name: 'Tên lanhdao' }] }] });
  expect(await escalations.answer(id, 'Đồng ý', operator)).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await escalations.answer(id, 'Đồng ý', officer)).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await escalations.raise(id, 'lên nữa', leader)).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  expect(await escalations.answer(id, 'Điều chuyển 5 tỷ đồng trong tháng 10', leader)).toMatchObject({ ok: true, value: { answer: 'Điều chuyển 5 tỷ đồng trong tháng 10', answeredBy: leader.principal.name, mayAnswer: false } });
  expect(await escalations.answer(id, 'lại', leader)).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  const agenda = await directives.agenda(operator);
  expect(agenda.ok && agenda.value.items.some(({ reason }) => reason === 'escalated')).toBe(false);
});

it('an assignment without a case goes up too, sent on by the first rung; what is done does not', async () => {
  await bench.send('assignment', [
    { key: 'b', at: bench.clock.now(), unit: 'SM-A', title: 'Việc vướng', dueAt: AT + 60 * DAY, blocked: 'Chưa có quy định' },
    { key: 'd', at: bench.clock.now(), unit: 'SM-A', title: 'Việc xong', dueAt: AT + 60 * DAY, done: true },
  ]);
  const statuses = await bench.statuses();
  const blocked = statuses.find(({ subject }) => subject.title === 'Việc vướng')!;
  const asked = await escalations.ask({ topic: 'red-status', thing: blocked.id, reason: 'Trái quy định hiện hành' }, officer);
  const id = asked.ok ? asked.value.id : '';
  expect(await escalations.raise(id, 'Ngoài thẩm quyền Văn phòng', operator)).toMatchObject({ ok: true, value: { level: 2, mayRaise: false } });
  expect((await bench.status(blocked.ref))?.level).toBe('amber');
  expect(await escalations.ask({ topic: 'red-status', thing: statuses.find(({ subject }) => subject.title === 'Việc xong')!.id, reason: 'x' }, officer)).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
});
