import { fold } from '../../../../geo/fold.ts';
import { SHEET_FIELDS, type Cell, type SheetField } from './cell.ts';
import headings from './columns.json' with { type: 'json' };

/** Which column holds what, by place from 0. */
export type Columns = Record<SheetField, number>;

/** The columns a row names, when it is the heading; the earlier words of a list win over the later ones. */
export function columnsOf(cells: readonly (Cell | null)[]): { columns?: Columns; missing: SheetField[] } {
  const names = cells.map((cell) => fold(cell?.text ?? ''));
  const found: Partial<Columns> = {};
  for (const field of SHEET_FIELDS) {
    const place = headings[field].map((name) => names.indexOf(name)).find((at) => at >= 0);
    if (place !== undefined && !Object.values(found).includes(place)) found[field] = place;
  }
  const missing = SHEET_FIELDS.filter((field) => found[field] === undefined);
  return missing.length === 0 ? { columns: found as Columns, missing } : { missing };
}
