import Type, { type TSchema } from 'typebox';
import { Closed } from '#contract/base.ts';
import { okay, type Outcome } from '#contract/faults.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { CollectionPort, ListQuery } from '../../domain/ports/collections.ts';
import type { Scope } from '../../domain/scope.ts';
import { withPeople } from '../assignmentPeople.ts';
import { csvOf, geoJsonOf, xlsxOf, type CsvForm, type ExportFile } from '../export/formats.ts';
import { EXPORTS, tableOf, type Namers } from '../export/table.ts';
import { maskLogLine } from '../../domain/wall/maskWall.ts';
import { refuse } from '../faults.ts';
import { ListParameters, readListQuery } from '../listQuery.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const MOST_ROWS = 50_000;
const PAGE = 500;
const LOG_LINES = 1000;
const { limit: _limit, cursor: _cursor, withRehearsals: _with, ...filters } = ListParameters.properties;

interface Gathered {
  items: unknown[];
  isTruncated: boolean;
}

async function gather(collections: CollectionPort, name: string, query: ListQuery, scope: Scope): Promise<Outcome<Gathered>> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await collections.list(name, { ...query, limit: PAGE, cursor }, scope);
    if (!page.ok) return page;
    items.push(...page.value.items);
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && items.length < MOST_ROWS);
  return { ok: true, value: { items: items.slice(0, MOST_ROWS), isTruncated: cursor !== undefined || items.length > MOST_ROWS } };
}

type Writer = (name: string, gathered: Gathered, namers: Namers, csv: CsvForm) => ExportFile | Promise<ExportFile>;
const FORMATS: Record<string, Writer> = {
  csv: (name, { items, isTruncated }, namers, csv) => csvOf(tableOf(name, items, isTruncated, namers), csv),
  xlsx: (name, { items, isTruncated }, namers) => xlsxOf(tableOf(name, items, isTruncated, namers)),
  geojson: (_name, { items, isTruncated }) => geoJsonOf(items, isTruncated),
};
/** `vi` is what a page offers to people; without it a CSV is for programs. */
const Form = { csv: Type.Optional(Type.Literal('vi')) };

export function exportRoutes(app: App, { collections, exported = collections, people, subtree, units, feeds, telemetry, past }: RouteDeps): void {
  /** What is no collection of things, or was none at the moment asked for: read whole, without filters. */
  const others: Record<string, (at: number | undefined, scope: Scope) => Promise<Outcome<unknown[]>>> = {
    sensors: (at = 0, scope) => past.sensors(at, scope),
    traffic: async (at) => (at === undefined ? okay(telemetry.traffic()) : past.traffic(at)),
    'wall-log': async (until, scope) => {
      const lines = await past.wallLog({ wall: null, from: undefined, until, limit: LOG_LINES });
      return lines.ok ? okay(lines.value.map((line) => maskLogLine(line, scope))) : lines;
    },
  };
  const read = async (name: string, query: ListQuery, scope: Scope): Promise<Outcome<Gathered>> => {
    const other = Object.hasOwn(others, name) ? others[name] : undefined;
    if (!other || (name === 'sensors' && query.at === undefined)) return gather(exported, name, query, scope);
    const items = await other(query.at, scope);
    return items.ok ? okay({ items: items.value, isTruncated: false }) : items;
  };
  /** Assignments leave with who answers for them, as position and name. */
  const say = ({ position, name }: Responsible) => `${position}, ${name}`;
  const namers: Namers = { unit: (code) => units.get(code)?.fullName ?? code, source: (id) => feeds.health().find((feed) => feed.id === id)?.name ?? id };
  for (const name of EXPORTS) {
    for (const [format, write] of Object.entries(FORMATS)) {
      app.get(`/api/v1/export/${name}.${format}`, {
        config: { policy: 'staff' },
        schema: { tags: ['export'], summary: `${name} as ${format}`, querystring: Closed({ ...(filters as Record<string, TSchema>), ...(format === 'csv' ? Form : {}) }), response: { ...rawAnswer('the file'), ...refusals(400, 401, 403, 503) } },
        handler: async (request, reply) => {
          const { csv = 'plain', ...asked } = request.query as Parameters<typeof readListQuery>[0] & { csv?: CsvForm };
          const query = readListQuery(asked);
          if (!query.ok) return refuse(reply, query.fault);
          const gathered = await read(name, query.value, scopeOfRequest(request, subtree));
          if (!gathered.ok) return refuse(reply, gathered.fault);
          const items = name === 'assignments' ? await withPeople(people, gathered.value.items, say) : okay(gathered.value.items);
          if (!items.ok) return refuse(reply, items.fault);
          const file = await write(name, { ...gathered.value, items: items.value }, namers, csv);
          return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}.${format}"` }).type(file.contentType).send(file.body);
        },
      });
    }
  }
}
