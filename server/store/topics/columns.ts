/** How a field of a state is kept. `point` is `[lon, lat]` as a geometry; `surface` is GeoJSON made a valid MultiPolygon. */
export type ColumnKind = 'text' | 'smallint' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'jsonb' | 'point' | 'surface';

/** Fields by name, in the order a state shows them. */
export type Columns = Readonly<Record<string, ColumnKind>>;

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const quoted = (name: string) => `"${name}"`;
const fieldsOf = (columns: Columns) => Object.entries(columns) as [string, ColumnKind][];

/** Name of the column of a field, quoted. */
export const columnOf = (field: string, kind: ColumnKind): string => quoted(kind === 'point' ? 'place' : snake(field));

/** Select list that gives each field under its own name. */
export function readList(columns: Columns): string {
  return fieldsOf(columns)
    .map(([field, kind]) => {
      const column = `t.${columnOf(field, kind)}`;
      const value = kind === 'point' ? `case when ${column} is not null then jsonb_build_array(st_x(${column}), st_y(${column})) end` : column;
      return `${value} as ${quoted(field)}`;
    })
    .join(', ');
}

/** Row type of the JSON records that writes take. */
export function recordType(columns: Columns): string {
  return fieldsOf(columns)
    .map(([field, kind]) => `${quoted(field)} ${kind === 'point' || kind === 'surface' ? 'jsonb' : kind}`)
    .join(', ');
}

/** Column and the value written to it, for each field of a record `r`. */
export function writePairs(columns: Columns): { column: string; value: string }[] {
  return fieldsOf(columns).map(([field, kind]) => ({ column: columnOf(field, kind), value: writeValue(`r.${quoted(field)}`, kind) }));
}

function writeValue(value: string, kind: ColumnKind): string {
  if (kind === 'point') return `st_setsrid(st_makepoint((${value} ->> 0)::double precision, (${value} ->> 1)::double precision), 4326)`;
  return kind === 'surface' ? `solid_area(${value})` : value;
}
