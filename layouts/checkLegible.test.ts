import { expect, test } from 'vitest';
import type { WallProfile } from '#contract/wall.ts';
import { readLayout } from './check.ts';
import { checkLegible } from './checkLegible.ts';
import { sayFault } from './sayFault.ts';

const wall = { id: 'w2x2', width: 3840, height: 2160, pitchMm: 0.63, farthestViewerM: 5 } as WallProfile;
const widgets = new Set(['text', 'clock']);
const sceneWith = (tile: string) => `schema: 1\nid: thu\nname: { vi: Thử, en: Trial }\nsize: [3840, 2160]\ntiles:\n  - ${tile}\n`;
const read = (tile: string) => readLayout('scene', 'scenes/thu.yaml', sceneWith(tile), widgets, (scene, say) => checkLegible(scene, [wall], say));

test('a tile that holds no line the farthest viewer reads is refused with file, line and reason', () => {
  const { value, faults } = read('{ id: clock, widget: clock, rect: { x: 0, y: 0, width: 1920, height: 40 } }');
  expect(value).toBeUndefined();
  expect(faults).toMatchObject([{ file: 'scenes/thu.yaml', line: 6, code: 'illegible', detail: 'clock, w2x2' }]);
  expect(sayFault(faults[0]!, 'vi')).toContain('scenes/thu.yaml, dòng 6: chữ không đọc được');
});

test('a text with more lines than its tile is refused, a short one stands', () => {
  const tile = (words: string) => `{ id: note, widget: text, rect: { x: 0, y: 0, width: 960, height: 400 }, settings: { vi: "${words}", size: body } }`;
  expect(read(tile('Một dòng ngắn')).faults).toEqual([]);
  expect(read(tile('Câu này dài hơn chỗ của nó. '.repeat(12))).faults).toMatchObject([{ code: 'illegible', line: 6 }]);
});
