import { describe, expect, it } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackDueAt } from './deadlines.ts';
import { assignFeedback, FEEDBACK_FOLLOWS, isFeedbackOverdue } from './life.ts';
import { feedbackServiceOf, feedbackServices } from './services.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const AT = local('2026-10-05T10:00');
const REPORT: FeedbackState = {
  id: 'fb-1', ref: 'r', source: 's', service: 'environment', description: 'Rác chưa thu gom', address: null, media: [], state: 'received', unit: null,
  ward: '20242', position: null, provenance: 'simulated', reportedAt: AT, receivedAt: AT, updatedAt: AT, dueAt: AT + 1000, resolvedAt: null,
  verifiedAt: null, result: null, requestId: null, duplicateOf: null,
};

describe('field feedback', () => {
  it('is due after the working days of its service, three when nobody knows the service', () => {
    expect(feedbackDueAt('environment', AT)).toBe(local('2026-10-08T10:00'));
    expect(feedbackDueAt('public-lighting', AT)).toBe(local('2026-10-07T10:00'));
    expect(feedbackDueAt('no-such-service', AT)).toBe(local('2026-10-08T10:00'));
    expect(feedbackDueAt('constructor', AT)).toBe(local('2026-10-08T10:00'));
  });

  it('has a catalogue of unique codes that the door accepts, each with both names and a time', () => {
    expect(new Set(feedbackServices.map(({ code }) => code)).size).toBe(feedbackServices.length);
    for (const { code, name, en, days, share } of feedbackServices) {
      expect(code).toMatch(/^[a-z0-9-]+$/);
      expect(name && en).toBeTruthy();
      expect(days).toBeGreaterThan(0);
      expect(share).toBeGreaterThan(0);
    }
    expect(feedbackServiceOf('urban-order')?.name).toBe('Trật tự đô thị');
  });

  it('goes from received to verified only by its table, and back when returned or refused', () => {
    const assigned = assignFeedback(REPORT, { unit: '20242', requestId: 'hr-1' }, AT + 1);
    if (!assigned.ok) throw new Error(assigned.code);
    expect(assigned.state).toMatchObject({ state: 'assigned', unit: '20242', requestId: 'hr-1', updatedAt: AT + 1 });
    expect(FEEDBACK_FOLLOWS.verify?.(assigned.state, AT + 2, '')).toEqual({ ok: false, code: 'STATE_STEP' });
    expect(FEEDBACK_FOLLOWS.return?.(assigned.state, AT + 2, '')).toMatchObject({ ok: true, state: { state: 'received', unit: null, requestId: null } });
    const resolved = { ...REPORT, state: 'resolved' as const, resolvedAt: AT, result: 'Đã thu gom', updatedAt: AT + 5 };
    expect(FEEDBACK_FOLLOWS.refuse?.(resolved, AT + 2, '')).toMatchObject({ ok: true, state: { state: 'in-progress', resolvedAt: null, result: null, updatedAt: AT + 5 } });
    expect(FEEDBACK_FOLLOWS.verify?.(resolved, AT + 9, '')).toMatchObject({ ok: true, state: { state: 'verified', verifiedAt: AT + 9, result: 'Đã thu gom' } });
  });

  it('is overdue only while nobody resolved it', () => {
    expect(isFeedbackOverdue(REPORT, REPORT.dueAt)).toBe(false);
    expect(isFeedbackOverdue(REPORT, REPORT.dueAt + 1)).toBe(true);
    expect(isFeedbackOverdue({ ...REPORT, state: 'resolved' }, REPORT.dueAt + 1)).toBe(false);
  });
});
