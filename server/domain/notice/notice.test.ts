import { describe, expect, it } from 'vitest';
import type { LogEntry } from '#contract/entry.ts';
import { causesOf } from './causes.ts';
import { dueAt } from './quiet.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const entry = (topic: string, key: string, body: object, rev = 2) => ({ seq: 1, topic, key, id: 'x-1', rev, at: 0, body: { title: 'Ngập', unit: '20242', ward: '20242', level: 2, state: 'raised', ...body } }) as LogEntry;

describe('causes of notices', () => {
  it.each([
    ['a new ĐỎ alert', entry('alert', 'vendor-key', { level: 1 }, 1), 'alert-red', true],
    ['a rung climbed', entry('alert', 'alert.escalate/x-1/2', {}), 'alert-escalated', true],
    ['a wish to shelve ĐỎ', entry('alert', 'alert.propose-shelve/x-1/2', { level: 1 }), 'shelve-asked', true],
    ['a step left out', entry('alert', 'procedure.skip/x-1/2', {}), 'step-skipped', false],
    ['a request sent', entry('handling-request', 'alert.assign/x-1/1', { step: 'sent' }, 1), 'request-sent', false],
    ['a request given to another unit', entry('handling-request', 'handling-request.redirect/x-1/1', { step: 'sent' }, 1), 'request-sent', false],
    ['a warning slip', entry('handling-request', 'handling-request.nudge/x-1/2', { step: 'read' }), 'request-nudged', false],
    ['a result not accepted', entry('handling-request', 'feedback.verify/x-1/2', { step: 'accepted', returnReason: 'chưa sạch' }), 'result-refused', false],
  ])('%s', (_, from, kind, isUrgent) => {
    expect(causesOf(from)).toMatchObject([{ kind, isUrgent, title: 'Ngập' }]);
  });

  it.each([
    entry('alert', 'vendor-key', { level: 2 }, 1),
    entry('alert', 'vendor-key', { level: 1 }, 5),
    entry('alert', 'alert.acknowledge/x-1/2', { level: 1 }),
    entry('handling-request', 'handling-request.verify/x-1/2', { step: 'verified', returnReason: null }),
    entry('handling-request', 'handling-request.redirect/x-1/3', { step: 'returned' }),
    entry('camera', 'cam-key', {}),
    entry('handling-request', 'handling-request.nudge/other/2', { step: 'read' }),
  ])('nothing for what nobody must act on', (from) => {
    expect(causesOf(from)).toEqual([]);
  });
});

describe('quiet hours', () => {
  const night = { from: 22, to: 6 };
  it.each([
    ['in the evening waits for the morning', '2026-10-05T23:30', night, false, '2026-10-06T06:00'],
    ['after midnight waits for the same morning', '2026-10-06T02:00', night, false, '2026-10-06T06:00'],
    ['at the end goes at once', '2026-10-06T06:00', night, false, '2026-10-06T06:00'],
    ['by day goes at once', '2026-10-06T10:00', night, false, '2026-10-06T10:00'],
    ['at noon waits', '2026-10-06T12:10', { from: 12, to: 13 }, false, '2026-10-06T13:00'],
    ['urgent comes through', '2026-10-05T23:30', night, true, '2026-10-05T23:30'],
    ['without quiet hours goes at once', '2026-10-05T23:30', null, false, '2026-10-05T23:30'],
  ])('%s', (_, at, quiet, isUrgent, due) => {
    expect(dueAt(local(at), quiet, isUrgent)).toBe(local(due));
  });
});
