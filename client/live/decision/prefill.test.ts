import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Tile, WallState } from '#contract/wall.ts';
import { prefillOf, tomorrowAt } from './prefill.ts';

const NOW = Date.UTC(2026, 9, 1, 3);
const FIVE_TOMORROW = Date.UTC(2026, 9, 2, 10);
const tile = (widget: string): Tile => ({ id: 't', widget, rect: { x: 0, y: 0, width: 1, height: 1 } });
const alert = { id: 'al-1', title: 'Ngập hầm chui', unit: null, ward: '20242' } as AlertState;
const red = (id: string, unit: string, redSince: number) => ({ id, unit, level: 'red', redSince, subject: { title: `Chỉ tiêu ${id}` } }) as RedStatusState;

test('the alert that has the wall comes first', () => {
  const composed: WallState['composed'] = { alert: 'al-1', level: 1, title: 'Ngập', raisedAt: 1, rule: 'canh-bao-do', until: 2 };
  expect(prefillOf({ tiles: [tile('red-units')], composed }, [alert], [red('rs-1', '48', 1)], NOW)).toEqual({ unit: '20242', text: 'Ngập hầm chui', dueAt: FIVE_TOMORROW });
});

test('an alert that a tile follows is what is spoken of', () => {
  expect(prefillOf({ tiles: [{ ...tile('alert-focus'), settings: { alert: 'al-1' } }, tile('red-units')] }, [alert], [red('rs-1', '48', 1)], NOW)).toMatchObject({ unit: '20242', text: 'Ngập hầm chui' });
});

test('a wall of RED suggests what was RED longest; another wall suggests nothing but the time', () => {
  const both = [red('rs-1', '20242', 50), red('rs-2', '20263', 10)];
  expect(prefillOf({ tiles: [tile('red-units')] }, [alert], both, NOW)).toMatchObject({ unit: '20263', text: 'Chỉ tiêu rs-2' });
  expect(prefillOf({ tiles: [tile('map')] }, [alert], both, NOW)).toEqual({ unit: '', text: '', dueAt: FIVE_TOMORROW });
  expect(prefillOf(null, [], [], NOW).text).toBe('');
});

test('five in the afternoon of the next day is told by the clock of Việt Nam', () => {
  expect(tomorrowAt(Date.UTC(2026, 9, 1, 18))).toBe(Date.UTC(2026, 9, 3, 10));
});
