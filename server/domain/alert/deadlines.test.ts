import { describe, expect, it } from 'vitest';
import type { AlertKind } from '#contract/topics/alert.ts';
import { alertTopic } from '#contract/topics/alert.ts';
import type { Level } from '#contract/base.ts';
import { alertDeadlines, requestDueAt } from './deadlines.ts';

const MINUTE = 60_000;
const local = (text: string) => Date.parse(`${text}+07:00`);
const kinds = alertTopic.item.properties.kind.anyOf.map(({ const: kind }) => kind as AlertKind);

describe('deadlines of alerts', () => {
  it('counts ĐỎ day and night, and a kind of its own where the policy has one', () => {
    const raisedAt = local('2026-02-17T02:00');
    expect(alertDeadlines('fire', 1, raisedAt)).toEqual({ acknowledgeBy: raisedAt + 2 * MINUTE, dueAt: raisedAt + 60 * MINUTE });
    expect(alertDeadlines('crowd', 1, raisedAt)).toEqual({ acknowledgeBy: raisedAt + 5 * MINUTE, dueAt: raisedAt + 120 * MINUTE });
  });

  it('counts the lowest level in office hours', () => {
    expect(alertDeadlines('environment', 4, local('2026-10-09T16:30'))).toEqual({
      acknowledgeBy: local('2026-10-12T10:30'),
      dueAt: local('2026-10-14T16:30'),
    });
  });

  it('gives every kind and level an acknowledgement before its end, and a graver level never more time', () => {
    const raisedAt = local('2026-10-05T08:00');
    for (const kind of kinds) {
      const all = ([1, 2, 3, 4] as Level[]).map((level) => alertDeadlines(kind, level, raisedAt));
      for (const [index, { acknowledgeBy, dueAt }] of all.entries()) {
        expect(acknowledgeBy).toBeGreaterThan(raisedAt);
        expect(dueAt).toBeGreaterThan(acknowledgeBy);
        expect(dueAt).toBeGreaterThanOrEqual(all[index - 1]?.dueAt ?? 0);
        expect(acknowledgeBy).toBeGreaterThanOrEqual(all[index - 1]?.acknowledgeBy ?? 0);
      }
    }
  });

  it('gives a unit the time the alert has left, or a fresh time when it has none', () => {
    const now = local('2026-10-05T08:00');
    expect(requestDueAt({ kind: 'fire', level: 1, dueAt: now + MINUTE }, now)).toBe(now + MINUTE);
    expect(requestDueAt({ kind: 'fire', level: 1, dueAt: now }, now)).toBe(now + 60 * MINUTE);
  });
});
