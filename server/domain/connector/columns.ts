import type { Row } from '../rows/rowRefusal.ts';

/** A column or path of the rows with a few of its values. */
export interface Column {
  path: string;
  examples: string[];
}

const DEPTH = 4;
const MOST_COLUMNS = 80;
const EXAMPLES = 3;
const LONGEST = 80;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record as pairs of path and text; lists are left as JSON. */
export function flat(fields: Record<string, unknown>, depth = DEPTH): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    if (isRecord(value) && depth > 0 && name !== 'geometry') return flat(value, depth - 1).map(([path, text]) => [`${name}.${path}`, text]);
    return [[name, (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')).slice(0, LONGEST)]];
  });
}

/** Columns of the first rows, in the order they are met, each with some different values. */
export function columnsOf(rows: readonly Row[]): Column[] {
  const found = new Map<string, Set<string>>();
  for (const { fields } of rows) {
    for (const [path, text] of flat(fields)) {
      const values = found.get(path) ?? new Set<string>();
      if (text !== '' && values.size < EXAMPLES) values.add(text);
      if (found.has(path) || found.size < MOST_COLUMNS) found.set(path, values);
    }
  }
  return [...found].map(([path, values]) => ({ path, examples: [...values] }));
}
