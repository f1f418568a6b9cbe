import { describe, expect, it } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { answer, askAgain, close, mayRate, rate, recategorise, reject, reopen, reopenUntil } from './moderation.ts';
import { feedbackPolicy } from './policy.ts';

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

  it('is opened again by its reporter within the days and times of the policy, once per reason', () => {
    const { days, times } = feedbackPolicy.reopen;
    const last = AT + days * DAY;
    expect([reopenUntil(verified), reopenUntil(report()), reopenUntil({ ...verified, duplicateOf: 'fb-2' }), reopenUntil({ ...verified, reopened: times })]).toEqual([last, null, null, null]);
    const again = askAgain(verified, 'Rác lại đầy', last);
    expect(again).toMatchObject({ ok: true, state: { state: 'received', unit: null, requestId: null, reopened: 1, closedReason: 'Rác lại đầy' } });
    if (!again.ok) throw new Error('not opened');
    expect(again.state.dueAt).toBeGreaterThan(last);
    expect(askAgain(again.state, ' Rác lại đầy ', last + 1)).toEqual({ ok: true, state: again.state });
    expect(askAgain(again.state, 'Thêm nữa', last + 1)).toEqual({ ok: false, code: 'REPORT_REOPEN' });
    expect(askAgain(verified, 'Rác lại đầy', last + 1)).toEqual({ ok: false, code: 'REPORT_REOPEN' });
    expect(askAgain({ ...verified, reopened: times }, 'Rác lại đầy', AT)).toEqual({ ok: false, code: 'REPORT_REOPEN' });
    expect(askAgain(report({ state: 'rejected', closedAt: AT, closedReason: 'Ngoài địa bàn' }), 'Vẫn trong phường', AT + DAY)).toMatchObject({ ok: true, state: { state: 'received' } });
  });

  it('takes its deadline from its new category, from when its clock began, and only before a unit has it', () => {
    expect(recategorise(report(), { service: 'drainage' }, AT + DAY)).toMatchObject({ ok: true, state: { service: 'drainage', process: 'timed', state: 'received', dueAt: AT + 2 * DAY } });
    expect(recategorise(report(), { service: 'environment', process: 'immediate' }, AT + DAY)).toMatchObject({ ok: true, state: { process: 'immediate', dueAt: AT + DAY + 4 * 3_600_000 } });
    expect(reopen({ ...verified, process: 'immediate' }, 'Cháy lại', AT + DAY)).toMatchObject({ ok: true, state: { dueAt: AT + DAY + 4 * 3_600_000 } });
    expect(recategorise(report({ ward: '20333' }), { service: 'drainage' }, AT + DAY)).toMatchObject({ ok: true, state: { dueAt: AT + 14 * DAY } });
    expect(recategorise(report({ reopened: 1 }), { service: 'drainage' }, AT + DAY)).toMatchObject({ ok: true, state: { dueAt: AT + 3 * DAY } });
    expect(recategorise(report(), { service: 'environment' }, AT + DAY)).toEqual({ ok: true, state: report() });
    expect(recategorise(report(), { service: 'khong-co' }, AT)).toEqual({ ok: false, code: 'REPORT_SERVICE' });
    expect(recategorise(report({ state: 'assigned' }), { service: 'drainage' }, AT)).toEqual({ ok: false, code: 'STATE_STEP' });
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
