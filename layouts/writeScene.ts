import { Document, isMap, isSeq, visit } from 'yaml';
import type { Scene } from '#contract/wall.ts';

const INLINE = new Set(['rect', 'name', 'title', 'size', 'camera', 'settings']);

/** A scene as a file that people edit: the same text for the same scene, rectangles and titles on one line. */
export function writeScene(scene: Scene): string {
  const document = new Document(scene, { aliasDuplicateObjects: false });
  document.commentBefore = ' yaml-language-server: $schema=../schema/scene.json';
  visit(document, {
    Pair(_index, pair) {
      const name = String((pair.key as { value?: unknown }).value ?? pair.key);
      if (INLINE.has(name) && (isMap(pair.value) || isSeq(pair.value))) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
