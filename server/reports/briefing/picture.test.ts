import { expect, test } from 'vitest';
import type { WallProfile, WallState } from '#contract/wall.ts';
import { drawPicture } from './picture.ts';

const profile = { id: 'w', name: { vi: 'Màn hình', en: 'Wall' }, width: 3840, height: 2160, pitchMm: 0.6, farthestViewerM: 5, outputs: [] } as WallProfile;
const wordsOf = (vi: string): string => {
  const tiles = [{ id: 't', widget: 'text', rect: { x: 0, y: 0, width: 1920, height: 540 }, settings: { vi } }];
  const svg = drawPicture({ profile, state: { tiles, blank: false } as unknown as WallState, entries: [], sensors: [], frames: [], feeds: null, at: 0, outline: [], language: 'vi', fontFamily: 'Noto Sans', nothing: '', notKept: '', widgetName: () => '', unitName: String, number: String, percent: String, time: String, dateTime: String, say: String });
  return [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text).filter(Boolean).join(' ');
};
const SENTENCE = 'Yêu cầu chưa thực hiện theo đơn vị: bao nhiêu mới trễ trong tuần, bao nhiêu còn lại từ tuần trước. Trễ nhiều nhất đứng đầu.';

test('the narration of a step stands whole in its tile', () => {
  expect(wordsOf(SENTENCE)).toBe(SENTENCE);
});

test('what is too long for any size says that it goes on', () => {
  expect(wordsOf(`${SENTENCE} `.repeat(8).trim())).toMatch(/…$/);
});
