import type { TSchema } from 'typebox';
import { Closed } from '#contract/base.ts';
import type { Outcome } from '#contract/faults.ts';
import type { CollectionPort, ListQuery } from '../../domain/ports/collections.ts';
import type { Scope } from '../../domain/scope.ts';
import { csvOf, geoJsonOf, xlsxOf, type ExportFile } from '../export/formats.ts';
import { EXPORTS, tableOf } from '../export/table.ts';
import { refuse } from '../faults.ts';
import { ListParameters, readListQuery } from '../listQuery.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const MOST_ROWS = 50_000;
const PAGE = 500;
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

const FORMATS: Record<string, (name: string, gathered: Gathered, unitName: (code: string) => string) => ExportFile | Promise<ExportFile>> = {
  csv: (name, { items, isTruncated }, unitName) => csvOf(tableOf(name, items, isTruncated, unitName)),
  xlsx: (name, { items, isTruncated }, unitName) => xlsxOf(tableOf(name, items, isTruncated, unitName)),
  geojson: (_name, { items, isTruncated }) => geoJsonOf(items, isTruncated),
};

export function exportRoutes(app: App, { collections, subtree, units }: RouteDeps): void {
  const unitName = (code: string): string => units.get(code)?.fullName ?? code;
  for (const name of EXPORTS) {
    for (const [format, write] of Object.entries(FORMATS)) {
      app.get(`/api/v1/export/${name}.${format}`, {
        config: { policy: 'staff' },
        schema: { tags: ['export'], summary: `${name} as ${format}`, querystring: Closed(filters as Record<string, TSchema>), response: { ...rawAnswer('the file'), ...refusals(400, 401, 403, 503) } },
        handler: async (request, reply) => {
          const query = readListQuery(request.query as Parameters<typeof readListQuery>[0]);
          if (!query.ok) return refuse(reply, query.fault);
          const gathered = await gather(collections, name, query.value, scopeOfRequest(request, subtree));
          if (!gathered.ok) return refuse(reply, gathered.fault);
          const file = await write(name, gathered.value, unitName);
          return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}.${format}"` }).type(file.contentType).send(file.body);
        },
      });
    }
  }
}
