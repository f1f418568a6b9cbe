/** One cell as a spreadsheet holds it. Shape: `on` a calendar day yyyy-mm-dd; `merged` the range it belongs to, e.g. `A3:A7`; `error` what a formula gave instead of a value. */
export interface Cell {
  text: string;
  number?: number;
  on?: string;
  isPercent?: boolean;
  merged?: string;
  error?: string;
}

/** One row of a sheet with its number as the person sees it, from 1. */
export interface SheetRow {
  line: number;
  cells: readonly (Cell | null)[];
}

/** The four things every row must say. */
export const SHEET_FIELDS = ['code', 'unit', 'period', 'value'] as const;
export type SheetField = (typeof SHEET_FIELDS)[number];

/** What is wrong with a row, or worth knowing about it. Shape: `column` null = the whole row or file; `text` what stood there. */
export interface RowRemark {
  line: number;
  column: SheetField | null;
  isFault: boolean;
  code: string;
  text: string;
  reason: string;
}
