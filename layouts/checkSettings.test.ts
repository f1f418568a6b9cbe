import Type from 'typebox';
import { expect, test } from 'vitest';
import { readLayout } from './check.ts';
import { checkSettings } from './checkSettings.ts';

const known = new Map([['text', Type.Object({ vi: Type.Optional(Type.String()) }, { additionalProperties: false })]]);
const read = (settings: string) =>
  readLayout('scene', 'scenes/a.yaml', `schema: 1\nid: a\nname: { vi: A, en: A }\nsize: [3840, 2160]\ntiles:\n  - id: note\n    widget: text\n    rect: { x: 0, y: 0, width: 1920, height: 1080 }\n    settings: ${settings}\n`, new Set(['text']), (scene, say) => checkSettings(scene, known, say));

test('what a widget does not know or can not take is refused with file and line', () => {
  expect(read('{ vi: Chào }').faults).toEqual([]);
  expect(read('{ vi: 3 }')).toEqual({ faults: [{ file: 'scenes/a.yaml', line: 9, code: 'settings', detail: 'note: /vi must be string' }] });
  expect(read('{ colour: red }').faults).toMatchObject([{ line: 9, code: 'settings' }]);
});
