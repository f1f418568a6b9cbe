import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignState } from '#contract/topics/campaign.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { AT, createRedBench, DAY, LEADER, OFFICER_A, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { campaignTable } from '../topics/campaign.ts';
import { createDirectives } from './directives.ts';

let bench: RedBench;
let directives: ReturnType<typeof createDirectives>;
const operator = scopeOf(OPERATOR, units.subtree);
const leader = scopeOf(LEADER, units.subtree);
const officer = scopeOf(OFFICER_A, units.subtree);
const LETTER = { number: '88-TB/TU', kind: 'conclusion' as const, issuedOn: '2026-09-01', issuer: 'Thường trực', title: 'Kết luận về tiến độ' };

beforeAll(async () => {
  bench = await createRedBench('embedded');
  directives = createDirectives({ engine: bench.engine, clock: bench.clock, log: createSilentLog(), units, door: bench.door, red: bench.red, tickMs: 3_600_000 });
});
afterAll(async () => {
  await directives.close();
  await bench.close();
});

const assignment = (key: string, unit: string, more: object) => ({ key, at: bench.clock.now(), unit, title: `Việc ${key}`, dueAt: AT + 30 * DAY, ...more });
const campaign = async (id: string) => (await campaignTable.read(bench.engine, [id]))[0]!.state;
const direct = async (unit: string, text: string, dueAt: number) => {
  const sent = await bench.work['direction.issue'](LEADER, { unit, text, dueAt });
  if (!sent.ok) throw new Error(sent.fault.code);
  return sent.value.id;
};

describe('directives', () => {
  it('gather the assignments that name them; unknown numbers and missing ones are told apart', async () => {
    expect(await directives.add(LETTER, operator)).toMatchObject({ ok: true, value: { number: '88-TB/TU', provenance: 'manual' } });
    await bench.send('assignment', [assignment('a', 'SM-A', { directive: '88-TB/TU' }), assignment('b', 'SM-B', { directive: '1764-CV/ĐU' }), assignment('c', 'SM-B', {})]);
    const trace = await directives.trace(operator);
    expect(trace.ok && trace.value).toMatchObject({
      directives: [{ number: '88-TB/TU', assignments: [{ title: 'Việc a', unit: 'SM-A', unitName: 'Sở mẫu A', level: 'green' }] }],
      unknown: [{ number: '1764-CV/ĐU', assignments: [{ title: 'Việc b' }] }],
      untraced: [{ title: 'Việc c' }],
    });
    const own = await directives.trace(officer);
    expect(own.ok && [own.value.unknown, own.value.untraced]).toEqual([[], []]);
  });
  it('are entered once, by a known unit', async () => {
    expect(await directives.add(LETTER, operator)).toMatchObject({ ok: false, fault: { code: 'STATE_CONFLICT', pointer: '/number' } });
    expect(await directives.add({ ...LETTER, number: '9/TB', unit: 'XX' }, operator)).toMatchObject({ ok: false, fault: { code: 'INGEST_UNIT' } });
  });
});

describe('the weekly meeting', () => {
  it('is built from what is ĐỎ, blocked, owed and beyond a unit', async () => {
    await bench.send('assignment', [assignment('blocked', 'SM-C', { blocked: 'Chưa có kinh phí' })]);
    await bench.value('UP', 'SM-A', '2026-09', 40);
    const [first] = await bench.cases();
    await bench.work['case.obstacle'](OFFICER_A, { id: first!.id, unit: 'SM-B', text: 'Cần số liệu', dueAt: AT + DAY });
    const early = await directives.agenda(operator);
    expect(early.ok && early.value.items.map(({ reason, exceeds }) => [reason, exceeds])).toEqual([['red', false], ['blocked', false]]);
    bench.clock.move({ at: AT + 10 * DAY });
    const agenda = await directives.agenda(operator);
    expect(agenda.ok && agenda.value.items.map(({ reason, unit, exceeds }) => [reason, unit, exceeds])).toEqual([
      ['blocked', 'SM-C', true], ['obstacle-overdue', 'SM-B', true], ['red', 'SM-A', false], ['no-plan', 'SM-A', false],
    ]);
    bench.clock.move({ at: AT });
  });
  it('its minutes become a directive with an assignment for each conclusion', async () => {
    const kept = await directives.minutes({ number: '12/KL-GB', title: 'Kết luận giao ban', heldOn: '2026-10-05', issuer: 'Văn phòng', conclusions: [{ unit: 'SM-A', title: 'Báo cáo nguyên nhân', dueAt: AT + 5 * DAY }, { unit: 'SM-B', title: 'Cấp số liệu', dueAt: AT + 3 * DAY }] }, operator);
    expect(kept).toMatchObject({ ok: true, value: { assignments: [expect.stringMatching(/^as-/), expect.stringMatching(/^as-/)] } });
    const trace = await directives.trace(operator);
    expect(trace.ok && trace.value.directives.find(({ number }) => number === '12/KL-GB')?.assignments.map(({ title, unit }) => [title, unit])).toEqual([['Báo cáo nguyên nhân', 'SM-A'], ['Cấp số liệu', 'SM-B']]);
    expect(await bench.status(`assignment/${kept.ok ? kept.value.assignments[0] : ''}`)).toMatchObject({ unit: 'SM-A', level: 'green' });
  });
  it('refuses conclusions for nobody or for yesterday, and keeps nothing of them', async () => {
    const wrong = (conclusion: { unit: string; dueAt: number }) => directives.minutes({ number: '13/KL', title: 'x', heldOn: '2026-10-05', issuer: 'x', conclusions: [{ title: 'x', ...conclusion }] }, operator);
    expect(await wrong({ unit: 'XX', dueAt: AT + DAY })).toMatchObject({ ok: false, fault: { pointer: '/conclusions/0/unit' } });
    expect(await wrong({ unit: 'SM-A', dueAt: AT })).toMatchObject({ ok: false, fault: { pointer: '/conclusions/0/dueAt' } });
    expect(await bench.engine.query(`select n from directive where number = '13/KL'`)).toEqual([]);
  });
});

describe('a campaign', () => {
  it('burns down what it found, ends at its deadline and then names who is left', async () => {
    const requests = [await direct('SM-A', 'Xử lý hồ sơ một', AT + DAY), await direct('SM-A', 'Xử lý hồ sơ hai', AT + DAY), await direct('SM-B', 'Xử lý hồ sơ ba', AT + DAY)];
    bench.clock.move({ at: AT + 2 * DAY });
    const later = await direct('SM-B', 'Chưa đến hạn', AT + 20 * DAY);
    const begun = await directives.beginCampaign({ title: 'Xử lý dứt điểm yêu cầu trễ hạn', scope: { topic: 'handling-request', units: null, isOverdueOnly: true }, dueAt: AT + 6 * DAY }, operator);
    const state = (begun.ok ? begun.value : undefined) as CampaignState;
    expect(state).toMatchObject({ total: 4, left: 4, state: 'open', burnDown: [{ left: 4 }] });

    await bench.work['handling-request.accept'](OFFICER_A, { id: requests[0]! });
    await bench.work['handling-request.carry-out'](OFFICER_A, { id: requests[0]!, result: 'Đã trả kết quả' });
    await bench.work['handling-request.accept'](OFFICER_A, { id: requests[1]! });
    bench.clock.move({ at: AT + 4 * DAY });
    await directives.count();
    expect(await campaign(state.id)).toMatchObject({ left: 3, units: [{ unit: 'SM-B', total: 2, left: 2 }, { unit: 'SM-A', total: 2, left: 1 }], burnDown: [{ at: AT + 2 * DAY, left: 4 }, { at: AT + 4 * DAY, left: 3 }] });

    bench.clock.move({ at: AT + 6 * DAY });
    await bench.work['handling-request.carry-out'](OFFICER_A, { id: requests[1]!, result: 'Muộn' });
    await directives.count();
    expect(await campaign(state.id)).toMatchObject({ state: 'ended', left: 3 });
    const named = await directives.accountable(state.id, leader);
    expect(named.ok && named.value).toMatchObject({ isFinal: true, total: 4 });
    expect(named.ok && named.value.items.map(({ thing }) => thing)).toContain(requests[1]);
    expect(named.ok && named.value.items.find(({ thing }) => thing === requests[1])?.person).toBe('Tên ac-3');
    expect(named.ok && named.value.items.some(({ thing }) => thing === later)).toBe(false);
    const auditor = scopeOf({ ...OPERATOR, roles: ['guest'] }, units.subtree);
    const unnamed = await directives.accountable(state.id, auditor);
    expect(unnamed.ok && unnamed.value.items.every(({ person }) => person === null)).toBe(true);
    const own = await directives.accountable(state.id, officer);
    expect(own.ok && own.value.items.map(({ unit }) => unit)).toEqual(['SM-A']);
    bench.clock.move({ at: AT + 9 * DAY });
    await directives.count();
    expect((await campaign(state.id)).updatedAt).toBe(AT + 6 * DAY);
  });
  it('needs a time to come and something to clear', async () => {
    const scope = { topic: 'case' as const, units: ['SM-C'], isOverdueOnly: true };
    expect(await directives.beginCampaign({ title: 'x', scope, dueAt: bench.clock.now() }, operator)).toMatchObject({ ok: false, fault: { pointer: '/dueAt' } });
    expect(await directives.beginCampaign({ title: 'x', scope: { ...scope, topic: 'feedback' }, dueAt: bench.clock.now() + DAY }, operator)).toMatchObject({ ok: false, fault: { pointer: '/scope' } });
    expect(await directives.beginCampaign({ title: 'x', scope, dueAt: bench.clock.now() + DAY, directive: 'dr-99' }, operator)).toMatchObject({ ok: false, fault: { pointer: '/directive' } });
  });
});
