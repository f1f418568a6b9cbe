import type { Static, TSchema } from 'typebox';
import type { Validator } from 'typebox/compile';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

const MOST_SCHEMA_FAULTS = 10;

/** What is wrong in a file. Shape: `reason` is a Vietnamese sentence for who edits it. Units: lines from 1. */
export interface CatalogueFault {
  file: string;
  line: number;
  reason: string;
}

/** A file as it was read. */
export interface SourceText {
  file: string;
  text: string;
}

/** Where in a file something stands, from its top. */
export type Path = (string | number)[];
/** Tells a fault of the file, with the line of a place in it. */
export type Say = (path: Path, reason: string) => void;

/** Reads one file against its form. Fails: undefined, with every fault told with its line. */
export function readYaml<T extends TSchema>({ file, text }: SourceText, form: Validator<Record<never, never>, T>, faults: CatalogueFault[]): { file: string; value: Static<T>; say: Say } | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  for (const error of document.errors) faults.push({ file, line: error.linePos?.[0].line ?? 1, reason: error.message.split('\n')[0] ?? '' });
  if (document.errors.length > 0) return undefined;
  const say: Say = (path, reason) => void faults.push({ file, line: lineOf(document, lines, path), reason });
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (form.Check(value)) return { file, value: value as Static<T>, say };
  for (const { instancePath, message } of form.Errors(value).slice(0, MOST_SCHEMA_FAULTS)) say(pathOf(instancePath), `${instancePath || '/'} ${message}`);
  return undefined;
}

const pathOf = (pointer: string): Path => pointer.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1]) : undefined;
    const node = pair && isScalar(pair.key) ? pair.key : (document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined);
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
