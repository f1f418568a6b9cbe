/** Why one row of a source did not enter. `line` is the line of a text file or the number of a record, from 1; 0 = the whole file. */
export interface RowRefusal {
  line: number;
  /** Column or JSON pointer; empty = the whole row. */
  field: string;
  code: string;
  reason: string;
}

/** One record of a source before it is mapped. */
export interface Row {
  line: number;
  fields: Record<string, unknown>;
}

/** What could be read, and what could not. */
export interface ReadRows {
  rows: Row[];
  refused: RowRefusal[];
}
