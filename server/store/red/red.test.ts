import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Check } from 'typebox/value';
import { caseTopic } from '#contract/topics/case.ts';
import { redStatusTopic } from '#contract/topics/redStatus.ts';
import { BoardAnswer, MyRedAnswer, PromisesAnswer } from '#contract/red.ts';
import { scopeOf, wholeScope } from '../../domain/scope.ts';
import { purgeSimulated } from '../collections/purgeSimulated.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { AT, CATALOGUE, catalogueOf, createRedBench, DAY, LEADER, OFFICER_A, OFFICER_B, OPERATOR, type RedBench, units } from './testing/bench.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const all = wholeScope('test');
const onlyA = scopeOf(OFFICER_A, units.subtree);
const onlyB = scopeOf(OFFICER_B, units.subtree);

function valueOf<T>(outcome: { ok: true; value: T } | { ok: false; fault: { code: string } }): T {
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

describe.each(testEngineKinds())('ĐỎ on %s', (kind) => {
  let bench: RedBench;
  beforeAll(async () => {
    bench = await createRedBench(kind);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.test.empty(['event_head']);
    bench.clock.move({ at: AT });
    await bench.red.use(catalogueOf(CATALOGUE));
  });
  const entries = () => bench.engine.query<{ topic: string; thing: string; rev: number; body: object }>('select topic, thing, rev, body from event_log order by seq');
  const planned = async (unit = 'SM-A') => {
    await bench.value('UP', unit, '2026-09', 10);
    const [found] = (await bench.cases()).slice(-1);
    const account = await bench.account(`o${bench.clock.now()}${unit}`, [unit]);
    await bench.work['case.acknowledge'](OFFICER_A, { id: found!.id });
    const plan = { id: found!.id, cause: 'Thiếu mặt bằng', solution: 'Giao ban hằng tuần', responsible: account, milestones: [{ title: 'Bàn giao', dueAt: bench.clock.now() + 10 * DAY }] };
    return valueOf(await bench.work['case.plan'](OFFICER_A, plan));
  };

  it('opens exactly one case with the value that turned ĐỎ, in the same breath of the log', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 65);
    const status = await bench.status('indicator/UP/SM-A');
    expect(status).toMatchObject({ level: 'red', reason: 'below-target', value: 65, target: 100, achievement: 0.65, redSince: bench.clock.now(), isLow: false, caseId: expect.stringMatching(/^rc-\d+$/), provenance: 'simulated' });
    expect(await bench.cases()).toMatchObject([{ id: status!.caseId, state: 'opened', unit: 'SM-A', statusId: status!.id, redSince: status!.redSince, reds: 1, title: 'Càng cao càng tốt' }]);
    const logged = await entries();
    expect(logged.map(({ topic }) => topic).slice(-3)).toEqual(['indicator', 'red-status', 'case']);
    expect(Check(redStatusTopic.state, status)).toBe(true);
    expect(Check(caseTopic.state, (await bench.cases())[0])).toBe(true);
    await bench.value('UP', 'SM-A', '2026-09', 60);
    expect(await bench.cases()).toMatchObject([{ reds: 1, reading: { value: 60 } }]);
    expect(await bench.engine.query('select revision, value from indicator_value order by n')).toEqual([{ revision: 1, value: 65 }, { revision: 2, value: 60 }]);
  });

  it('says the same for a message sent again, and takes the newest by its own time, not by arrival', async () => {
    const item = { key: 'same', at: bench.clock.now(), unit: 'SM-A', code: 'UP', period: '2026-09', value: 65 };
    await bench.send('indicator', [item]);
    expect(await bench.send('indicator', [item])).toEqual(['duplicate ']);
    await bench.value('UP', 'SM-A', '2026-09', 95, { at: bench.clock.now() - DAY });
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red', value: 65 });
    expect(await bench.cases()).toHaveLength(1);
  });

  it('keeps values for ever, and tells every one behind an indicator to who may see its unit', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 65);
    await expect(bench.engine.query('update indicator_value set value = 100')).rejects.toThrow('append-only');
    bench.clock.move({ at: AT + 1000 });
    await bench.value('UP', 'SM-A', '2026-09', 66);
    await bench.value('UP', 'SM-B', '2026-08', 40);
    const told = valueOf(await bench.reads.values({ code: 'UP' }, all));
    expect(told.items).toMatchObject([{ unit: 'SM-A', value: 66, revision: 2, isInForce: true, source: 'test' }, { value: 65, revision: 1, isInForce: false }, { unit: 'SM-B', period: '2026-08', isInForce: true }]);
    expect(valueOf(await bench.reads.values({ code: 'UP', period: '2026-09' }, onlyB)).items).toEqual([]);
    expect(await bench.reads.values({ code: 'NO' }, all)).toMatchObject({ fault: { code: 'NOT_FOUND', pointer: '/code' } });
  });

  it('judges by own targets, by less is better, and by what adds up', async () => {
    await bench.value('UP', 'SM-B', '2026-09', 40);
    expect(await bench.status('indicator/UP/SM-B')).toMatchObject({ level: 'amber', target: 50 });
    await bench.value('DOWN', 'SM-A', '2026-09', 0);
    expect(await bench.status('indicator/DOWN/SM-A')).toMatchObject({ level: 'green', achievement: 1 });
    await bench.value('SUM', 'SM-A', '2026-09', 45);
    expect(await bench.status('indicator/SUM/SM-A')).toMatchObject({ level: 'red', target: 90, achievement: 0.5, isLow: false });
    await bench.value('SUM', 'SM-A', '2026-09', 44);
    expect(await bench.status('indicator/SUM/SM-A')).toMatchObject({ isLow: true, lowSince: bench.clock.now() });
  });

  it('computes a formula once all its parts are there, as real as the least real', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 100, { provenance: 'real' });
    expect(await bench.status('indicator/MIX/SM-A')).toBeUndefined();
    await bench.value('SUM', 'SM-A', '2026-09', 90, { provenance: 'manual' });
    expect(await bench.status('indicator/MIX/SM-A')).toMatchObject({ value: 96, level: 'green', provenance: 'manual' });
  });

  it('turns grey when the next value is late, and ĐỎ stays counted from its beginning', async () => {
    bench.clock.move({ at: local('2026-11-09T12:00') });
    await bench.value('UP', 'SM-A', '2026-10', 10);
    const since = (await bench.status('indicator/UP/SM-A'))!.redSince;
    const late = local('2026-12-11T00:00');
    bench.clock.move({ at: late - 1 });
    await bench.red.catchUp();
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red' });
    bench.clock.move({ at: late });
    await bench.red.catchUp();
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'grey', reason: 'stale', since: late, redSince: since });
    expect(await bench.red.catchUp()).toBe(0);
    await bench.value('UP', 'SM-A', '2026-11', 10);
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red', redSince: since });
    expect(await bench.cases()).toHaveLength(1);
  });

  it('is ĐỎ for an assignment from 15:00:00 of its day and not at 14:59:59', async () => {
    const day = Math.floor(bench.clock.now() / DAY) * DAY + 7 * DAY;
    const dueAt = day + 8 * 3_600_000;
    const [id] = await bench.send('assignment', [{ key: 'a', at: bench.clock.now(), unit: 'SM-A', title: 'Việc', dueAt, progress: 90 }]);
    bench.clock.move({ at: dueAt - 1000 });
    await bench.red.catchUp();
    expect(await bench.status(`assignment/${id}`)).toMatchObject({ level: 'amber', reason: 'due-soon' });
    bench.clock.move({ at: dueAt });
    const board = valueOf(await bench.reads.board(all));
    expect(board).toMatchObject({ redCount: 1, openCases: 1, units: [{ unit: 'SM-A', redCount: 1, redMs: 0, oldestSince: dueAt }] });
    expect(await bench.cases()).toMatchObject([{ subject: { topic: 'assignment', code: id }, redSince: dueAt }]);
    await bench.send('assignment', [{ key: 'b', ref: 'a', at: bench.clock.now(), unit: 'SM-A', title: 'Việc', dueAt, done: true }]);
    expect(valueOf(await bench.reads.board(all))).toMatchObject({ redCount: 0, contradictions: [{ kind: 'green-but-open' }] });
  });

  it('judges everything again by new rules', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 75);
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'amber' });
    await bench.red.use(catalogueOf(CATALOGUE.replace('red: 0.7, amber: 0.9, low: 0.5 }], targets: [{ from: 2020-01-01, value: 100 }', 'red: 0.8, amber: 0.9, low: 0.5 }], targets: [{ from: 2020-01-01, value: 100 }'), 'v2'));
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red' });
    expect(await bench.cases()).toHaveLength(1);
    expect(await bench.engine.query('select version from indicator_catalogue order by version')).toEqual([{ version: 'v1' }, { version: 'v2' }]);
  });

  it('takes a case from opened to closed; every step is timed, traced and logged without its words', async () => {
    const found = await planned();
    expect(found).toMatchObject({ state: 'planned', responsible: { unit: 'SM-A', position: 'Trưởng phòng' } });
    const { id } = found;
    expect(await bench.work['case.submit'](OFFICER_A, { id })).toMatchObject({ ok: true, value: { state: 'submitted' } });
    expect(await bench.work['case.verify'](OPERATOR, { id, isAccepted: false })).toMatchObject({ fault: { code: 'STATE_REASON' } });
    expect(await bench.work['case.verify'](OPERATOR, { id, isAccepted: true })).toMatchObject({ ok: true, value: { state: 'accepted', dueAt: found.milestones[0]!.dueAt } });
    await bench.work['case.nudge'](OPERATOR, { id, kind: 'guidance', text: 'Theo mẫu' });
    expect(await bench.work['case.read'](OFFICER_A, { id })).toMatchObject({ ok: true, value: { nudges: [{ kind: 'guidance', readAt: bench.clock.now() }] } });
    bench.clock.move({ at: bench.clock.now() + DAY });
    expect(await bench.work['case.keep-milestone'](OFFICER_A, { id, milestone: 'm1' })).toMatchObject({ ok: true, value: { milestones: [{ keptAt: bench.clock.now() }] } });
    expect(await bench.work['case.submit'](OFFICER_A, { id })).toMatchObject({ fault: { code: 'STATE_RESULT', pointer: '/result' } });
    expect(await bench.work['case.submit'](OFFICER_A, { id, result: 'Đã xong' })).toMatchObject({ ok: true, value: { state: 'resolved' } });
    expect(await bench.work['case.verify'](OPERATOR, { id, isAccepted: true })).toMatchObject({ ok: true, value: { state: 'verified' } });
    expect(await bench.work['case.close'](OPERATOR, { id })).toMatchObject({ fault: { code: 'STATE_REASON' } });
    expect(await bench.work['case.close'](OPERATOR, { id, reason: 'Số liệu kỳ sau sẽ lên' })).toMatchObject({ ok: true, value: { state: 'closed' } });
    expect(valueOf(await bench.reads.board(all)).contradictions).toMatchObject([{ kind: 'red-but-closed', caseId: id }]);
    await bench.value('UP', 'SM-A', '2026-09', 9);
    expect(await bench.cases()).toHaveLength(1);

    const acts = valueOf(await bench.reads.history(id, all)).items.map(({ act }) => act);
    expect(acts).toEqual(['case.open', 'case.acknowledge', 'case.plan', 'case.submit', 'case.verify', 'case.nudge', 'case.read', 'case.keep-milestone', 'case.submit', 'case.verify', 'case.close']);
    const text = JSON.stringify((await entries()).filter(({ topic }) => topic === 'case'));
    for (const words of ['Thiếu mặt bằng', 'Giao ban', 'Bàn giao', 'Theo mẫu', 'Tên o']) expect(text).not.toContain(words);
  });

  it('opens a second case only for a second ĐỎ', async () => {
    const found = await planned();
    const { id } = found;
    await bench.work['case.submit'](OFFICER_A, { id });
    await bench.work['case.verify'](OPERATOR, { id, isAccepted: true });
    await bench.work['case.submit'](OFFICER_A, { id, result: 'xong' });
    await bench.work['case.verify'](OPERATOR, { id, isAccepted: true });
    await bench.value('UP', 'SM-A', '2026-09', 95);
    expect(await bench.work['case.close'](OPERATOR, { id })).toMatchObject({ ok: true });
    bench.clock.move({ at: bench.clock.now() + 1000 });
    await bench.value('UP', 'SM-A', '2026-09', 10);
    expect((await bench.cases()).map(({ state, reds }) => [state, reds])).toEqual([['closed', 1], ['opened', 1]]);
  });

  it('has no way around the four fields, not even by hand', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 10);
    const [found] = await bench.cases();
    expect(await bench.work['case.submit'](OFFICER_A, { id: found!.id })).toMatchObject({ fault: { code: 'CASE_FIELDS' } });
    for (const state of ['submitted', 'accepted', 'resolved', 'verified', 'closed']) {
      await expect(bench.engine.query('update red_case set state = $1', [state])).rejects.toMatchObject({ rule: 'check' });
    }
  });

  it('takes only an open account of the unit as responsible', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 10);
    const [found] = await bench.cases();
    for (const account of [await bench.account('b', ['SM-B']), await bench.account('gone', ['SM-A'], true), 'ac-999', 'x']) {
      expect(await bench.work['case.plan'](OFFICER_A, { id: found!.id, responsible: account })).toMatchObject({ fault: { code: 'CASE_PERSON', pointer: '/responsible' } });
    }
    expect(await bench.work['case.plan'](OFFICER_A, { id: found!.id, responsible: await bench.account('province', ['48']) })).toMatchObject({ ok: true, value: { state: 'acknowledged', responsible: { unit: '48' } } });
  });

  it('asks another unit for help by a request of its own, and shows that unit nothing else', async () => {
    const { id } = await planned();
    const asked = valueOf(await bench.work['case.obstacle'](OFFICER_A, { id, unit: 'SM-B', text: 'Cần ý kiến về quy hoạch' }));
    const obstacle = asked.obstacles[0]!;
    expect(obstacle).toMatchObject({ id: 'o1', unit: 'SM-B', answeredAt: null });
    expect(valueOf(await bench.reads.my(onlyB))).toMatchObject({ cases: [], reds: [], asked: [{ caseId: id, fromUnit: 'SM-A', obstacle: { text: 'Cần ý kiến về quy hoạch' } }] });
    expect(await bench.work['case.acknowledge'](OFFICER_B, { id })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await bench.work['case.answer-obstacle'](OFFICER_A, { id, obstacle: 'o1', answer: 'tự trả lời' })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await bench.work['case.answer-obstacle'](OFFICER_B, { id, obstacle: 'o1', answer: 'Đồng ý' })).toMatchObject({ ok: true, value: { step: 'carried-out', result: 'Đồng ý' } });
    expect((await bench.cases())[0]!.obstacles).toMatchObject([{ answer: 'Đồng ý', answeredAt: bench.clock.now() }]);

    const second = valueOf(await bench.work['case.obstacle'](OFFICER_A, { id, unit: 'SM-C', text: 'Cần số liệu' })).obstacles[1]!;
    await bench.work['handling-request.accept'](OPERATOR, { id: second.requestId });
    await bench.work['handling-request.carry-out'](OPERATOR, { id: second.requestId, result: 'Đã gửi' });
    expect((await bench.cases())[0]!.obstacles[1]).toMatchObject({ answer: 'Đã gửi' });
  });

  it('sends a direction of a leader to a unit as a request', async () => {
    const { id } = await planned();
    expect(await bench.work['direction.issue'](LEADER, { unit: 'SM-A', text: 'Báo cáo trước thứ Sáu', caseId: id })).toMatchObject({ ok: true, value: { unit: 'SM-A', step: 'sent', about: { topic: 'case', id }, title: 'Báo cáo trước thứ Sáu' } });
    expect(await bench.work['direction.issue'](LEADER, { unit: 'SM-A', text: 'Làm rõ nguyên nhân', caseId: id })).toMatchObject({ ok: true });
    expect(await bench.work['direction.issue'](LEADER, { unit: 'SM-B', text: 'Họp sáng mai' })).toMatchObject({ ok: true, value: { about: null } });
    expect(await bench.work['direction.issue'](LEADER, { unit: 'NO', text: 'x' })).toMatchObject({ fault: { code: 'INGEST_UNIT' } });
  });

  it('shows each unit its own list and the board the rank of units', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 10);
    bench.clock.move({ at: bench.clock.now() + DAY });
    await bench.value('UP', 'SM-C', '2026-09', 10);
    await bench.value('DOWN', 'SM-C', '2026-09', 50);
    const board = valueOf(await bench.reads.board(all));
    expect(Check(BoardAnswer, board)).toBe(true);
    expect(board.units.map(({ unit, redCount }) => [unit, redCount])).toEqual([['SM-C', 2], ['SM-A', 1]]);
    expect(board.units[1]).toMatchObject({ redMs: DAY, provenance: 'simulated', name: 'Sở mẫu A' });
    const mine = valueOf(await bench.reads.my(onlyA));
    expect(Check(MyRedAnswer, mine)).toBe(true);
    expect(mine.reds.map(({ unit }) => unit)).toEqual(['SM-A']);
    expect(mine.cases).toHaveLength(1);
    expect(valueOf(await bench.reads.catalogue({}, onlyA)).items.find(({ code }) => code === 'UP')).toMatchObject({ target: 100, rule: { red: 0.7 }, statuses: [{ unit: 'SM-A' }] });
  });

  it('tells what moved between two moments, and which promises held', async () => {
    bench.clock.move({ at: local('2027-01-15T10:00') });
    const period = '2026-12';
    const month = (n: number) => local(`2027-0${n}-15T10:00`);
    await bench.value('UP', 'SM-A', period, 10);
    await bench.value('UP', 'SM-C', period, 10);
    const found = (await bench.cases())[0]!;
    const kept = { title: 'giữ', dueAt: month(1) + 5 * DAY };
    const broken = { title: 'lỡ', dueAt: month(1) + 6 * DAY };
    await bench.work['case.plan'](OFFICER_A, { id: found.id, cause: 'c', solution: 's', responsible: await bench.account('x', ['SM-A']), milestones: [kept, broken] });
    await bench.work['case.keep-milestone'](OFFICER_A, { id: found.id, milestone: 'm1' });
    bench.clock.move({ at: month(2) });
    await bench.value('UP', 'SM-C', '2027-01', 100);
    await bench.value('UP', 'SM-A', '2027-01', 10);
    await bench.value('DOWN', 'SM-B', '2027-01', 50);
    const first = valueOf(await bench.reads.movement(month(1), month(2), all));
    const refs = (rows: readonly { ref: string }[]) => rows.map(({ ref }) => ref);
    expect([refs(first.cleared), refs(first.new), refs(first.still)]).toEqual([['indicator/UP/SM-C'], ['indicator/DOWN/SM-B'], ['indicator/UP/SM-A']]);
    expect([first.kept, first.broken].map((rows) => rows.map(({ milestone }) => milestone.title))).toEqual([['giữ'], ['lỡ']]);
    bench.clock.move({ at: month(3) });
    await bench.value('UP', 'SM-A', '2027-02', 100);
    await bench.value('DOWN', 'SM-B', '2027-02', 50);
    await bench.value('DOWN', 'SM-C', '2027-02', 50);
    const second = valueOf(await bench.reads.movement(month(2), month(3), all));
    expect([refs(second.cleared), refs(second.new), refs(second.still)]).toEqual([['indicator/UP/SM-A'], ['indicator/DOWN/SM-C'], ['indicator/DOWN/SM-B']]);
    expect(refs(valueOf(await bench.reads.movement(month(2), month(3), onlyA)).new)).toEqual([]);
    bench.clock.move({ at: month(4) });
    await bench.value('DOWN', 'SM-B', '2027-03', 1);
    const third = valueOf(await bench.reads.movement(month(3), month(4), all));
    expect([refs(third.cleared), refs(third.new), refs(third.still)]).toEqual([['indicator/DOWN/SM-B'], [], ['indicator/DOWN/SM-C']]);
    expect([...third.kept, ...third.broken]).toEqual([]);
  });

  it('counts promised, kept and broken by month over three months, closed cases too', async () => {
    const at = (day: string) => local(`2027-${day}T10:00`);
    const goTo = (day: string) => bench.clock.move({ at: at(day) });
    const counted = async (scope = all) => valueOf(await bench.reads.promises({}, scope)).months.map(({ month, promised, kept, broken }) => [month, promised, kept, broken]);
    const keep = (id: string, milestone: string) => bench.work['case.keep-milestone'](OFFICER_A, { id, milestone });
    goTo('01-05');
    await bench.value('UP', 'SM-A', '2026-12', 10);
    await bench.value('UP', 'SM-C', '2026-12', 10);
    const [a, c] = (await bench.cases()).map(({ id }) => id) as [string, string];
    const four = { cause: 'c', solution: 's' };
    const promise = (title: string, day: string) => ({ title, dueAt: at(day) });
    await bench.work['case.plan'](OFFICER_A, { id: a, ...four, responsible: await bench.account('a', ['SM-A']), milestones: [promise('một', '01-20'), promise('hai', '02-10'), promise('ba', '02-20'), promise('bốn', '03-25')] });
    await bench.work['case.plan'](OPERATOR, { id: c, ...four, responsible: await bench.account('c', ['SM-C']), milestones: [promise('năm', '01-31'), promise('sáu', '03-31')] });
    expect(await counted()).toEqual([['2027-03', 2, 0, 0], ['2027-02', 2, 0, 0], ['2027-01', 2, 0, 0]]);
    await bench.work['case.submit'](OFFICER_A, { id: a });
    await bench.work['case.verify'](OPERATOR, { id: a, isAccepted: true });
    goTo('01-19');
    await keep(a, 'm1');
    goTo('02-01');
    expect(await counted()).toEqual([['2027-03', 2, 0, 0], ['2027-02', 2, 0, 0], ['2027-01', 0, 1, 1]]);
    goTo('02-09');
    await keep(a, 'm2');
    goTo('02-25');
    await keep(a, 'm3');
    await bench.value('UP', 'SM-A', '2027-01', 100);
    await bench.work['case.submit'](OFFICER_A, { id: a, result: 'Đã xong' });
    await bench.work['case.verify'](OPERATOR, { id: a, isAccepted: true });
    expect(await bench.work['case.close'](OPERATOR, { id: a })).toMatchObject({ ok: true, value: { state: 'closed' } });
    goTo('03-01');
    expect(await counted()).toEqual([['2027-03', 1, 0, 0], ['2027-02', 0, 1, 1], ['2027-01', 0, 1, 1]]);
    goTo('04-01');
    expect(await counted()).toEqual([['2027-03', 0, 0, 1], ['2027-02', 0, 1, 1], ['2027-01', 0, 1, 1]]);
    expect(await counted(onlyA)).toEqual([['2027-02', 0, 1, 1], ['2027-01', 0, 1, 0]]);
    const february = valueOf(await bench.reads.promises({ month: '2027-02', unit: 'SM-A' }, all));
    expect(Check(PromisesAnswer, february)).toBe(true);
    expect(february.items.map(({ isClosed, state, milestone }) => [milestone.title, state, isClosed])).toEqual([['hai', 'kept', true], ['ba', 'broken', true]]);
    expect(valueOf(await bench.reads.movement(at('02-01'), at('03-01'), all))).toMatchObject({ kept: [{ milestone: { title: 'hai' } }], broken: [{ milestone: { title: 'ba' } }] });
  });

  it('leaves nothing of the sample behind when it is purged, and everything else in place', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 10);
    await bench.value('UP', 'SM-C', '2026-09', 10, { provenance: 'real' });
    await purgeSimulated(bench.engine);
    expect((await bench.cases()).map(({ unit }) => unit)).toEqual(['SM-C']);
    expect((await bench.statuses()).filter(({ level }) => level === 'red').map(({ unit }) => unit)).toEqual(['SM-C']);
    expect(await bench.engine.query('select unit from indicator_value')).toEqual([{ unit: 'SM-C' }]);
  });

  it('opens one case for one ĐỎ when many sources speak at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => bench.send('indicator', [{ key: `k${n}`, at: bench.clock.now(), unit: 'SM-A', code: 'UP', period: '2026-09', value: n }], { id: `source-${n}` })));
    expect(await bench.cases()).toHaveLength(1);
    expect(await bench.engine.query('select count(*) as n, max(revision) as last from indicator_value')).toEqual([{ n: 8, last: 8 }]);
  });

  it('loses nothing when the database dies between two values, and repeats nothing when asked again', async () => {
    await bench.value('UP', 'SM-A', '2026-09', 10);
    await bench.test.crash();
    await expect.poll(async () => (await bench.reads.board(all)).ok, { timeout: 15_000 }).toBe(true);
    await bench.red.use(catalogueOf(CATALOGUE));
    await bench.value('UP', 'SM-A', '2026-09', 11);
    expect(await bench.cases()).toHaveLength(1);
    expect(await bench.engine.query('select count(*) as n from red_episode where ended_at is null')).toEqual([{ n: 1 }]);
  });
});
