import { Document, isMap, isSeq, visit } from 'yaml';

const INLINE = new Set(['name', 'title', 'clock', 'look', 'cameras', 'layers', 'says', 'when', 'settings', 'position', 'near', 'state', 'codes', 'refs', 'kinds']);

/** A scenario, finished or not, as a file that people edit: the same text for the same scenario. */
export function writeScenario(scenario: object): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false });
  document.commentBefore = ' yaml-language-server: $schema=../schema/scenario.json';
  visit(document, {
    Pair(_index, pair) {
      const name = String((pair.key as { value?: unknown }).value ?? pair.key);
      if (INLINE.has(name) && (isMap(pair.value) || isSeq(pair.value))) pair.value.flow = true;
    },
  });
  return document.toString({ lineWidth: 0 });
}
