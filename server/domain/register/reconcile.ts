import type { ReconciledRow } from '#contract/register.ts';

/** A record of one system: which it is, and what it says of it. */
export interface SystemRecord {
  name: string;
  unit: string | null;
  said: string;
}

/** What two systems have in common and what not. */
export interface Compared {
  inBoth: number;
  same: number;
  onlyA: number;
  onlyB: number;
  differing: number;
  /** All that does not agree, by name. */
  rows: ReconciledRow[];
}

/** Compares two systems record by record; names are compared as they are, unit by unit. */
export function reconcile(a: readonly SystemRecord[], b: readonly SystemRecord[]): Compared {
  const key = ({ unit, name }: SystemRecord) => `${unit ?? ''}/${name}`;
  const other = new Map(b.map((record) => [key(record), record]));
  const rows: ReconciledRow[] = [];
  const counts = { inBoth: 0, same: 0, onlyA: 0, onlyB: 0, differing: 0 };
  for (const record of a) {
    const match = other.get(key(record));
    other.delete(key(record));
    if (match) counts.inBoth += 1;
    if (match?.said === record.said) {
      counts.same += 1;
      continue;
    }
    counts[match ? 'differing' : 'onlyA'] += 1;
    rows.push({ name: record.name, unit: record.unit, a: record.said, b: match?.said ?? null });
  }
  for (const { name, unit, said } of other.values()) {
    counts.onlyB += 1;
    rows.push({ name, unit, a: null, b: said });
  }
  return { ...counts, rows: rows.sort((x, y) => x.name.localeCompare(y.name, 'vi') || (x.unit ?? '').localeCompare(y.unit ?? '')) };
}
