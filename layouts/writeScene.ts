import { Document, isMap, isScalar, isSeq, visit, type Pair } from 'yaml';
import type { Scene } from '#contract/wall.ts';
import { foldVariants } from './variants.ts';

/** The order people know; a store does not keep it. */
const ORDER = ['schema', 'id', 'widget', 'name', 'description', 'rect', 'size', 'camera', 'title', 'settings', 'why', 'tiles', 'variants', 'vi', 'en', 'x', 'y', 'width', 'height', 'center', 'zoom', 'bearing', 'pitch'];
const nameOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);
const rank = (pair: Pair): number => (ORDER.indexOf(nameOf(pair)) + ORDER.length + 1) % (ORDER.length + 1);
const byOrder = (a: Pair, b: Pair): number => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1);
const INLINE = new Set(['rect', 'name', 'title', 'size', 'camera', 'settings']);

/** A scene as a file that people edit: the same text for the same scene, rectangles and titles on one line, and what other drawings only repeat left out. */
export function writeScene(scene: Scene): string {
  const document = new Document(scene, { aliasDuplicateObjects: false, sortMapEntries: byOrder });
  document.commentBefore = ' yaml-language-server: $schema=../schema/scene.json';
  foldVariants(document);
  visit(document, {
    Pair(_index, pair) {
      const name = String((pair.key as { value?: unknown }).value ?? pair.key);
      if (INLINE.has(name) && (isMap(pair.value) || isSeq(pair.value))) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
