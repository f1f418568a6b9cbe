import { describe, expect, it } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { answer, close, mayRate, rate, reject, reopen } from './moderation.ts';

const AT = Date.parse('2026-10-05T10:00+07:00');
const DAY = 86_400_000;
const report = (change: Partial<FeedbackState> = {}): FeedbackState => ({
  id: 'fb-1', ref: 'r', source: 's', service: 'environment', description: 'Rác', address: null, media: [], state: 'received', unit: null, ward: null, position: null,
  provenance: 'real', reportedAt: AT, receivedAt: AT, updatedAt: AT, dueAt: AT + DAY, resolvedAt: null, verifiedAt: null, result: null, requestId: null, duplicateOf: null, ...change,
});
const verified = report({ state: 'verified', unit: '20242', requestId: 'hr-1', resolvedAt: AT, verifiedAt: AT, result: 'Đã dọn', rating: 2 });

describe('moderation of a report', () => {
  it('opens a finished one again for another unit, with a deadline from now and a count', () => {
    expect(reopen(verified, 'Rác lại đầy', AT + DAY)).toMatchObject({
      ok: true, state: { state: 'received', unit: null, requestId: null, resolvedAt: null, verifiedAt: null, result: null, rating: null, reopened: 1, dueAt: AT + 4 * DAY, closedReason: 'Rác lại đầy' },
    });
    expect(reopen(verified, '  ', AT)).toEqual({ ok: false, code: 'STATE_REASON' });
    expect(reopen(report(), 'vì', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
    expect(reopen(report({ state: 'closed', duplicateOf: 'fb-2' }), 'vì', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('leaves no answer standing on a report that is open again, and no reason to open on one that ended well', () => {
    const again = reopen({ ...verified, answer: 'Đã dọn', answeredAt: AT }, 'Rác còn sót', AT + DAY);
    expect(again).toMatchObject({ ok: true, state: { answer: null, answeredAt: null } });
    expect(close({ ...verified, closedReason: 'Rác còn sót' }, undefined, AT + 1)).toMatchObject({ ok: true, state: { state: 'closed', closedReason: null } });
  });

  it('closes a verified one as it is, a received one only with a reason, and no other', () => {
    expect(close(verified, undefined, AT + 1)).toMatchObject({ ok: true, state: { state: 'closed', closedAt: AT + 1 } });
    expect(close(report(), undefined, AT)).toEqual({ ok: false, code: 'STATE_REASON' });
    expect(close(report(), 'Ngoài thẩm quyền', AT)).toMatchObject({ ok: true, state: { closedReason: 'Ngoài thẩm quyền' } });
    expect(close(report({ state: 'in-progress' }), 'vì', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
  });

  it('rejects only what nobody has, and answers with words', () => {
    expect(reject(verified, 'vì', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
    expect(answer(report(), 'Đang làm', AT)).toEqual({ ok: false, code: 'STATE_STEP' });
    expect(answer(verified, ' ', AT)).toEqual({ ok: false, code: 'STATE_RESULT' });
    expect(answer(verified, 'Đã dọn', AT + 1)).toMatchObject({ ok: true, state: { answer: 'Đã dọn', answeredAt: AT + 1, state: 'verified' } });
  });

  it('is rated once, within thirty days of its end, and only when handled', () => {
    const unrated = { ...verified, rating: null };
    expect([mayRate(unrated, AT + 30 * DAY), mayRate(unrated, AT + 30 * DAY + 1), mayRate(verified, AT)]).toEqual([true, false, false]);
    expect(rate(verified, 2, AT)).toEqual({ ok: true, state: verified });
    expect(rate(verified, 3, AT)).toEqual({ ok: false, code: 'REPORT_RATED' });
    expect(rate(report({ state: 'closed', closedAt: AT }), 3, AT)).toEqual({ ok: false, code: 'REPORT_RATED' });
  });
});
