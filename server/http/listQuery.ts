import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Level, UnitCode } from '#contract/base.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { ListQuery } from '../domain/ports/collections.ts';

const PAGE = 100;
const Word = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });

/** Filters every list understands. */
export const ListParameters = Closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: `at most this many; ${PAGE} when not given` })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: '`next` of the page before' })),
  bbox: Type.Optional(Type.String({ maxLength: 120, pattern: '^-?\\d+(\\.\\d+)?(,-?\\d+(\\.\\d+)?){3}$', description: 'west,south,east,north' })),
  at: Type.Optional(EpochMs),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'words, found without diacritics' })),
  state: Type.Optional(Word),
  unit: Type.Optional(UnitCode),
  kind: Type.Optional(Word),
  level: Type.Optional(Level),
  overdue: Type.Optional(Type.Boolean()),
  source: Type.Optional(Word),
  withRehearsals: Type.Optional(Type.Boolean({ description: 'also what rehearsals made' })),
});

type Box = [number, number, number, number];

function boxOf(text: string): Box | undefined {
  const box = text.split(',').map(Number) as Box;
  const [west, south, east, north] = box;
  const isOnEarth = west >= -180 && east <= 180 && south >= -90 && north <= 90;
  return isOnEarth && west <= east && south <= north ? box : undefined;
}

/** The typed filter of a query string. Fails: REQUEST_QUERY for a box that is none. */
export function readListQuery({ bbox, limit = PAGE, ...rest }: Static<typeof ListParameters>): Outcome<ListQuery> {
  if (bbox === undefined) return okay({ ...rest, limit });
  const box = boxOf(bbox);
  return box ? okay({ ...rest, limit, bbox: box }) : refused('REQUEST_QUERY', { pointer: '/bbox' });
}
