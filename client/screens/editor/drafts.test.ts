import { expect, test } from 'vitest';
import type { Scene } from '#contract/wall.ts';
import { createDrafts } from './drafts.ts';

function storageOf(kept: Map<string, string>): Storage {
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
const scene = (schema: number, id: string) => ({ schema, id, name: { vi: 'Thử', en: 'Try' }, size: [640, 480], tiles: [{ id: 'map', widget: 'map', rect: { x: 0, y: 0, width: 640, height: 480 } }] });
const key = (id: string) => `toan-canh.editor.${id}`;

test('a draft comes back until it is dropped', () => {
  const drafts = createDrafts(storageOf(new Map()), 2);
  drafts.keep(scene(2, 'a') as Scene);
  expect([drafts.read('a'), drafts.read('b')]).toEqual([scene(2, 'a'), null]);
  drafts.drop('a');
  expect(drafts.read('a')).toBeNull();
});

test('a draft of an earlier program is brought up, unfinished as it is; one of a newer program stays unread', async () => {
  const unfinished = { ...scene(1, 'a'), tiles: [] };
  const kept = new Map([[key('a'), JSON.stringify(unfinished)], [key('b'), JSON.stringify(scene(9, 'b'))], ['other', 'x']]);
  const drafts = createDrafts(storageOf(kept), 2);
  expect(drafts.read('a')).toBeNull();
  await drafts.upgrade();
  expect(drafts.read('a')).toEqual({ ...unfinished, schema: 2 });
  expect([drafts.read('b'), kept.get(key('b')), kept.get('other')]).toEqual([null, JSON.stringify(scene(9, 'b')), 'x']);
});
