import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import { type AssignmentReport, evaluateAssignment } from './evaluate.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const AT = local('2026-10-05T07:30');
const DUE = local('2026-10-16T17:30');
const RULES = [{ id: 'r', fromAt: 0, untilAt: Infinity, amberDays: 3, blockedRedDays: 2, low: 0.5 }];
const judge = (values: Partial<AssignmentReport['values']>, now: string | number) =>
  evaluateAssignment({ values: { title: 'Việc', dueAt: DUE, ...values }, at: AT, provenance: 'manual' }, RULES, vietnamCalendar, typeof now === 'number' ? now : local(now));

describe('an assignment', () => {
  it('is ĐỎ from the second its time is over, and not the second before', () => {
    const dueAt = local('2026-10-09T15:00:00');
    expect(judge({ dueAt, progress: 90 }, '2026-10-09T14:59:59')).toMatchObject({ level: 'amber', reason: 'due-soon', nextCheckAt: dueAt });
    expect(judge({ dueAt, progress: 90 }, '2026-10-09T15:00:00')).toMatchObject({ level: 'red', reason: 'overdue', turnedAt: dueAt, nextCheckAt: null });
    expect(judge({ dueAt, done: true }, '2026-12-09T15:00:00')).toMatchObject({ level: 'green', reason: 'done', isLow: false, nextCheckAt: null });
  });

  it('is ĐỎ when one of its milestones is missed, since that moment', () => {
    const milestones = [{ title: 'a', dueAt: local('2026-10-06T10:00') }, { title: 'b', dueAt: local('2026-10-07T10:00') }];
    expect(judge({ milestones, progress: 80 }, '2026-10-08T10:00')).toMatchObject({ level: 'red', reason: 'milestone-overdue', turnedAt: milestones[0]!.dueAt });
    expect(judge({ milestones: [{ ...milestones[0]!, done: true }], progress: 80 }, '2026-10-08T10:00')).toMatchObject({ level: 'green' });
  });

  it('is vàng when blocked, and ĐỎ after the working days the rule allows', () => {
    expect(judge({ blocked: 'chờ ý kiến', progress: 80 }, '2026-10-05T08:00')).toMatchObject({ level: 'amber', reason: 'blocked' });
    expect(judge({ blocked: 'chờ ý kiến', progress: 80 }, '2026-10-06T17:29')).toMatchObject({ level: 'amber' });
    expect(judge({ blocked: 'chờ ý kiến', progress: 80 }, '2026-10-06T17:30')).toMatchObject({ level: 'red', reason: 'blocked' });
  });

  it('is low when its progress falls behind the working time spent, and says when it would be done', () => {
    expect(judge({ progress: 20 }, '2026-10-07T17:30')).toMatchObject({ isLow: false, achievement: expect.closeTo(0.667, 2), forecast: { level: 'red', at: local('2026-10-23T17:30') } });
    expect(judge({ progress: 20 }, '2026-10-09T07:31')).toMatchObject({ isLow: true });
    expect(judge({ progress: 60 }, '2026-10-07T17:30')).toMatchObject({ forecast: { level: 'green', at: local('2026-10-09T17:30') } });
    expect(judge({ progress: 0 }, '2026-10-05T07:31')).toMatchObject({ isLow: false, forecast: null });
  });

  it('is grey outside every rule', () => {
    expect(evaluateAssignment({ values: { title: 'x', dueAt: DUE }, at: AT, provenance: 'real' }, [], vietnamCalendar, AT)).toMatchObject({ level: 'grey' });
  });

  it('says itself when to look again: between two looks nothing changes', () => {
    const values = fc.record({
      progress: fc.integer({ min: 0, max: 100 }),
      dueAt: fc.integer({ min: AT + 3_600_000, max: AT + 30 * 86_400_000 }),
      blocked: fc.option(fc.constant('chờ'), { nil: undefined }),
      milestones: fc.array(fc.record({ title: fc.constant('m'), dueAt: fc.integer({ min: AT, max: AT + 30 * 86_400_000 }), done: fc.boolean() }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 40 * 86_400_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (told, after, share) => {
        const now = AT + after;
        const first = judge(told, now);
        const until = first.nextCheckAt ?? now + 60 * 86_400_000;
        expect(until).toBeGreaterThan(now);
        const between = judge(told, Math.floor(now + (Math.ceil(until) - 1 - now) * share));
        expect([between.level, between.reason, between.isLow]).toEqual([first.level, first.reason, first.isLow]);
      }),
      { numRuns: 1000 },
    );
  });
});
