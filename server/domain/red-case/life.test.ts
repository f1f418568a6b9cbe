import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseLifeState, CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import * as life from './life.ts';
import { newCase, opensCase, refreshCase } from './open.ts';
import { movementOf, type RedEpisode } from './movement.ts';
import { remind, reportsDue } from './obligations.ts';
import { contradictionsOf, promiseState } from './promises.ts';
import { answerOf, shareText } from './dataSet.ts';
import { loadDataSets } from '../../start/catalogue.ts';
import { ROOT } from '../../start/root.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const AT = local('2026-10-05T10:00');
const DAY = 86_400_000;
const STATUS: RedStatusState & { unit: string; redSince: number } = {
  id: 'rs-1', ref: 'indicator/X/SM-A', source: 'ioc', unit: 'SM-A', ward: null, subject: { topic: 'indicator', code: 'X', title: 'Chỉ tiêu' }, level: 'red',
  reason: 'below-target', since: AT, redSince: AT, isLow: false, lowSince: null, period: '2026-09', value: 1, target: 2, achievement: 0.5, progress: null,
  dueAt: null, trend: [], forecast: null, caseId: null, provenance: 'simulated', rule: 'r', asOf: AT, updatedAt: AT,
};
const OPENED = newCase('rc-1', STATUS, AT);
const PERSON = { account: 'ac-1', name: 'Tên', position: 'Trưởng phòng', unit: 'SM-A' };
const FOUR = { cause: 'nguyên nhân', solution: 'giải pháp', responsible: PERSON, milestones: [{ title: 'mốc', dueAt: AT + 400 * DAY }] };
const NEEDS: CaseLifeState[] = ['submitted', 'accepted', 'resolved', 'verified', 'closed'];

const text = fc.constantFrom(undefined, '', ' ', 'lời');
const act: fc.Arbitrary<(state: CaseState, at: number) => life.CaseStepped> = fc.oneof(
  fc.constant(life.acknowledge),
  fc.constant((state: CaseState, at: number) => life.plan(state, { ...FOUR, milestones: [{ title: 'mốc', dueAt: at + 400 * DAY }] }, at)),
  fc.constant((state: CaseState, at: number) => life.submit(state, { result: 'xong' }, at)),
  fc.constant((state: CaseState, at: number) => life.check(state, true, undefined, at)),
  fc.constant((state: CaseState, at: number) => life.close(state, 'lý do', at)),
  fc.record({ cause: text, solution: text, responsible: fc.constantFrom(undefined, PERSON), milestones: fc.constantFrom(undefined, [], FOUR.milestones) }).map((plan) => (state: CaseState, at: number) => life.plan(state, plan, at)),
  fc.constant((state: CaseState, at: number) => life.addMilestone(state, { title: 'm', dueAt: at + DAY }, at)),
  fc.constantFrom('m1', 'm2', 'm9').map((id) => (state: CaseState, at: number) => life.keepMilestone(state, id, [], at)),
  fc.constant((state: CaseState, at: number) => life.addObstacle(state, { text: 't', unit: 'SM-B', requestId: 'hr-1', dueAt: at + DAY }, at)),
  fc.constant((state: CaseState, at: number) => life.addNudge(state, { kind: 'nudge', text: 't' }, at)),
  fc.constant(life.readNudges),
  text.map((result) => (state: CaseState, at: number) => life.submit(state, { result }, at)),
  fc.record({ isAccepted: fc.boolean(), reason: text }).map(({ isAccepted, reason }) => (state: CaseState, at: number) => life.check(state, isAccepted, reason, at)),
  text.map((reason) => (state: CaseState, at: number) => life.close(state, reason, at)),
);

function mustStep(stepped: life.CaseStepped): CaseState {
  if (!stepped.ok) throw new Error(stepped.code);
  return stepped.state;
}

describe('life of a case', () => {
  it('has no path to submitted or closed without the four fields', () => {
    const reached = new Set<CaseLifeState>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 30, maxLength: 60 }), (acts) => {
        let state = OPENED;
        let at = AT;
        for (const step of acts) {
          at += 1000;
          const stepped = step(state, at);
          if (!stepped.ok) continue;
          expect(stepped.state.updatedAt).toBeGreaterThanOrEqual(state.updatedAt);
          state = stepped.state;
          reached.add(state.state);
          if (!NEEDS.includes(state.state)) continue;
          expect(state.cause?.trim()).toBeTruthy();
          expect(state.solution?.trim()).toBeTruthy();
          expect(state.responsible).not.toBeNull();
          expect(state.milestones.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
    expect(reached.size).toBe(8);
  });

  it.each(['cause', 'solution', 'responsible', 'milestones'] as const)('without %s it is not handed in, from any state that is forced', (field) => {
    const whole = mustStep(life.plan(OPENED, FOUR, AT));
    const lacking = { ...whole, [field]: field === 'milestones' ? [] : null };
    expect(life.missingFields(lacking)).toEqual([field]);
    for (const state of ['opened', 'acknowledged', 'planned', 'submitted', 'accepted', 'resolved', 'verified'] as const) {
      const forced = { ...lacking, state, reading: { ...lacking.reading, level: 'green' as const } };
      for (const stepped of [life.submit(forced, { result: 'x' }, AT), life.check({ ...forced, milestones: lacking.milestones.length ? lacking.milestones : [] }, true, undefined, AT), life.close(forced, 'x', AT)]) {
        expect(stepped.ok && NEEDS.includes(stepped.state.state)).toBe(false);
      }
    }
  });

  it('goes all the way and back when it is refused', () => {
    let state = mustStep(life.plan(OPENED, FOUR, AT));
    expect(state).toMatchObject({ state: 'planned', acknowledgedAt: AT });
    state = mustStep(life.submit(state, {}, AT));
    state = mustStep(life.check(state, false, 'chưa rõ', AT));
    expect(state).toMatchObject({ state: 'planned', returnReason: 'chưa rõ', submittedAt: null });
    state = mustStep(life.check(mustStep(life.submit(state, {}, AT)), true, undefined, AT));
    expect(state).toMatchObject({ state: 'accepted', dueAt: FOUR.milestones[0]!.dueAt, returnReason: null });
    expect(life.plan(state, FOUR, AT)).toEqual({ ok: false, code: 'STATE_STEP' });
    state = mustStep(life.submit(state, { result: 'xong', evidence: ['e1'] }, AT));
    state = mustStep(life.check(state, false, 'thiếu bằng chứng', AT));
    expect(state).toMatchObject({ state: 'accepted', resolvedAt: null });
    state = mustStep(life.check(mustStep(life.submit(state, { result: 'xong', evidence: ['e1', 'e2'] }, AT)), true, undefined, AT));
    expect(state).toMatchObject({ state: 'verified', evidence: ['e1', 'e2'] });
    expect(life.close(state, ' ', AT)).toEqual({ ok: false, code: 'STATE_REASON' });
    expect(mustStep(life.close({ ...state, reading: { ...state.reading, level: 'green' } }, undefined, AT))).toMatchObject({ state: 'closed', closedAt: AT });
  });

  it('a plan written anew can not wash away a promise whose moment is over or that was kept', () => {
    const before = mustStep(life.plan(OPENED, { ...FOUR, milestones: [10, 20, 30].map((late) => ({ title: `m${late}`, dueAt: AT + late })) }, AT));
    const kept = mustStep(life.keepMilestone(before, 'm2', [], AT + 5));
    const again = mustStep(life.plan(kept, { milestones: [{ title: 'mới', dueAt: AT + 40 }] }, AT + 15));
    expect(again.milestones.map(({ id, title, keptAt }) => [id, title, keptAt])).toEqual([['m1', 'm10', null], ['m2', 'm20', AT + 5], ['m3', 'mới', null]]);
  });

  it('refuses a milestone in the past', () => {
    expect(life.plan(OPENED, { milestones: [{ title: 'm', dueAt: AT }] }, AT)).toEqual({ ok: false, code: 'REQUEST_BODY', pointer: '/milestones/0/dueAt' });
    expect(life.addMilestone(OPENED, { title: 'm', dueAt: AT }, AT)).toMatchObject({ code: 'REQUEST_BODY' });
  });

  it('opens once for one ĐỎ, and again only for another', () => {
    expect(opensCase(STATUS, undefined)).toBe(true);
    expect(opensCase(STATUS, OPENED)).toBe(false);
    expect(opensCase(STATUS, { ...OPENED, state: 'closed' })).toBe(false);
    expect(opensCase({ ...STATUS, redSince: AT + 1 }, { ...OPENED, state: 'closed' })).toBe(true);
    expect(opensCase({ ...STATUS, level: 'amber' }, undefined)).toBe(false);
    expect(opensCase({ ...STATUS, unit: null }, undefined)).toBe(false);
    expect(refreshCase(OPENED, STATUS, false, AT + 5)).toBe(OPENED);
    expect(refreshCase(OPENED, STATUS, true, AT + 5)).toMatchObject({ reds: 2 });
  });

  it('says where data and case do not agree', () => {
    const green = { ...OPENED.reading, level: 'green' as const };
    expect(contradictionsOf([OPENED, { ...OPENED, reading: green }, { ...OPENED, state: 'closed', closedAt: 7 }, { ...OPENED, state: 'closed', reading: green }])).toMatchObject([{ kind: 'green-but-open' }, { kind: 'red-but-closed', since: 7 }]);
  });
});

describe('promises and obligations', () => {
  it('a promise is broken from its very moment on, also when it is done later', () => {
    const open = { keptAt: null, dueAt: 100 };
    expect([promiseState(open, 99), promiseState(open, 100), promiseState({ ...open, keptAt: 99 }, 500), promiseState({ ...open, keptAt: 100 }, 500)]).toEqual(['promised', 'broken', 'kept', 'broken']);
  });

  it('the weekly report of a Friday is late at 15:00:00 and not at 14:59:59', () => {
    const dues = reportsDue(local('2026-10-05T00:00'), local('2026-10-11T23:59'));
    expect(dues).toMatchObject([{ kind: 'weekly-report', dueAt: local('2026-10-09T15:00:00') }]);
    expect(remind(dues, local('2026-10-09T14:59:59'))).toMatchObject([{ isOverdue: false, stage: 3 }]);
    expect(remind(dues, local('2026-10-09T15:00:00'))).toMatchObject([{ isOverdue: true, stage: 3 }]);
  });

  it('reminds louder the nearer it comes', () => {
    const dues = reportsDue(local('2026-10-09T00:00'), local('2026-10-09T23:59'));
    const stages = ['2026-09-01T10:00', '2026-10-05T10:00', '2026-10-07T16:00', '2026-10-09T08:00', '2026-10-12T08:00', '2026-10-20T08:00'].map((now) => remind(dues, local(now))[0]!.stage);
    expect(stages).toEqual([0, 1, 2, 3, 3, 4]);
  });

  it('tells cleared, new and still for any histories', () => {
    const episode = fc.record({ ref: fc.constantFrom('a', 'b', 'c', 'd'), beganAt: fc.integer({ min: 0, max: 40 }), length: fc.option(fc.integer({ min: 1, max: 20 })) });
    fc.assert(
      fc.property(fc.uniqueArray(episode, { selector: ({ ref }) => ref }), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 21, max: 40 }), (written, from, to) => {
        const episodes = written.map(({ ref, beganAt, length }): RedEpisode => ({ ref, unit: null, title: ref, beganAt, endedAt: length === null ? null : beganAt + length }));
        const redAt = (at: number) => new Set(episodes.filter(({ beganAt, endedAt }) => beganAt <= at && (endedAt ?? Infinity) > at).map(({ ref }) => ref));
        const moved = movementOf(episodes, from, to);
        const [before, after] = [redAt(from), redAt(to)];
        const refs = (rows: RedEpisode[]) => new Set(rows.map(({ ref }) => ref));
        const those = (set: Set<string>, holds: (ref: string) => boolean) => new Set([...set].filter(holds));
        expect(refs(moved.cleared)).toEqual(those(before, (ref) => !after.has(ref)));
        expect(refs(moved.new)).toEqual(those(after, (ref) => !before.has(ref)));
        expect(refs(moved.still)).toEqual(those(after, (ref) => before.has(ref)));
      }),
    );
  });
});

describe('the data set of the letter', () => {
  const [set] = loadDataSets(ROOT);
  const shown = answerOf(set!, AT);

  it('prints the figures as the letter does and says what they count', () => {
    expect(shown.shares.map(({ text: printed, label }) => [printed, label.vi])).toEqual([['229/414 (55,3 %)', 'Yêu cầu xử lý chưa được thực hiện'], ['56/98 (57,1 %)', 'Phản ánh hiện trường trễ hạn']]);
    expect(shareText(0, 7)).toEqual({ percent: 0, text: '0/7 (0,0 %)' });
  });

  it('says Krông Năng has not begun and Ea Kar began 178 days late, and is silent where the letter is', () => {
    const byArea = new Map(shown.pilots.map((pilot) => [pilot.area, pilot]));
    expect(byArea.get('Krông Năng')).toMatchObject({ state: 'not-started', level: 'red', text: { vi: 'chưa triển khai' } });
    expect(byArea.get('Ea Kar')).toMatchObject({ lateDays: 178, beganOn: '2021-10-21', vendor: 'Viettel', level: 'red' });
    expect(byArea.get('Buôn Ma Thuột')).toMatchObject({ state: 'unknown', level: 'grey', vendor: 'VNPT' });
  });

  it('belongs to Đắk Lắk and to nobody else', () => {
    expect(shown.province).toEqual({ code: '66', name: 'Đắk Lắk' });
    expect(JSON.stringify(set)).not.toMatch(/Đà Nẵng|"48"/);
    expect(shown.obligations.every(({ dataSet }) => dataSet === 'Đắk Lắk 10/2021 (theo văn bản)')).toBe(true);
  });
});
