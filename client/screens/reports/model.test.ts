import { expect, test } from 'vitest';
import type { OfficialDocument } from '#contract/report.ts';
import { changedTexts, deedsOf, kindsFor, linesOf, recipientsOf, closedBlocks, dateline } from './model.ts';

test('a locked report can only be recorded as sent', () => {
  expect(deedsOf({ state: 'draft' })).toEqual(['renew', 'lock']);
  expect(deedsOf({ state: 'locked' })).toEqual(['send']);
  expect(deedsOf({ state: 'returned' })).toEqual([]);
});

test('recipients are those it is addressed to and those named, without the archive', () => {
  const document = { addressees: ['Ủy ban nhân dân thành phố'], recipients: ['Như trên;', 'Các sở, ban, ngành;', 'Lưu: VT, GSĐH.'] } as OfficialDocument;
  expect(recipientsOf(document)).toEqual(['Ủy ban nhân dân thành phố', 'Các sở, ban, ngành']);
});

test('only what was changed is sent', () => {
  expect(changedTexts({ a: 'x', b: 'y', c: '' }, { texts: { a: 'x', b: 'z' } })).toEqual({ b: 'y' });
  expect(linesOf(' a \n\n b')).toEqual(['a', 'b']);
});

test('an officer of a unit is offered the monthly report alone', () => {
  expect(kindsFor({ roles: ['unit-officer'] })).toEqual(['monthly-red']);
  expect(kindsFor({ roles: ['report-editor'] })).toHaveLength(6);
});

test('the preview writes date and ending as the print does', () => {
  expect([dateline(Date.parse('2026-11-22T12:00:00+07:00')), dateline(Date.parse('2026-02-05T00:30:00+07:00'))]).toEqual(['ngày 22 tháng 11 năm 2026', 'ngày 05 tháng 02 năm 2026']);
  expect(closedBlocks([{ kind: 'paragraph', runs: [{ text: 'Một.' }] }, { kind: 'paragraph', runs: [{ text: 'kính báo ' }, { text: 'cáo. ' }] }])).toEqual([{ kind: 'paragraph', runs: [{ text: 'Một.' }] }, { kind: 'paragraph', runs: [{ text: 'kính báo ' }, { text: 'cáo./.' }] }]);
});
