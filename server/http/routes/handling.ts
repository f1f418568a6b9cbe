import Type from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { HandlingBoard, HandlingGrouping, HandlingSubject } from '#contract/handling.ts';
import type { Outcome } from '#contract/faults.ts';
import { refused } from '#contract/faults.ts';
import { csvOf, geoJsonOf, xlsxOf, type CsvForm, type ExportFile } from '../export/formats.ts';
import { handlingTableOf } from '../export/handlingTable.ts';
import { answer, refuse } from '../faults.ts';
import { rawAnswer, refusals } from '../openapi.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const LONGEST_MS = 400 * 86_400_000;
const query = { of: HandlingSubject, by: HandlingGrouping, from: EpochMs, to: EpochMs };
const Query = Closed(query);
/** Only units and wards lie somewhere. */
const FILE_QUERIES = { csv: Closed({ ...query, csv: Type.Optional(Type.Literal('vi')) }), xlsx: Query, geojson: Closed({ ...query, by: Type.Union([Type.Literal('unit'), Type.Literal('ward')]) }) } as const;
const FORMATS = ['csv', 'xlsx', 'geojson'] as const;

export function handlingRoutes(app: App, { handling, subtree, units }: RouteDeps): void {
  const read = async (request: { query: unknown } & Parameters<typeof scopeOfRequest>[0]): Promise<Outcome<HandlingBoard>> => {
    const query = request.query as { of: HandlingSubject; by: HandlingGrouping; from: number; to: number };
    if (query.to <= query.from || query.to - query.from > LONGEST_MS) return refused('REQUEST_QUERY', { pointer: '/to' });
    return handling.board(scopeOfRequest(request, subtree), query);
  };
  const files: Record<(typeof FORMATS)[number], (board: HandlingBoard, csv: CsvForm) => ExportFile | Promise<ExportFile>> = {
    csv: (board, csv) => csvOf(handlingTableOf(board), csv),
    xlsx: (board) => xlsxOf(handlingTableOf(board)),
    geojson: ({ rows }) => geoJsonOf(rows.map(({ group, name, now }) => ({ id: group, name, ...now, position: units.get(group)?.position ?? null })), false),
  };

  app.get('/api/v1/handling', {
    config: { policy: 'staff' },
    schema: { tags: ['handling'], summary: 'Time to acknowledge, accept and resolve, overdue share, reopened, satisfaction', querystring: Query, response: { 200: HandlingBoard, ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => answer(reply.header('cache-control', 'no-store'), await read(request)),
  });
  for (const format of FORMATS) {
    app.get(`/api/v1/handling.${format}`, {
      config: { policy: 'staff' },
      schema: { tags: ['handling'], summary: `The same as ${format}`, querystring: FILE_QUERIES[format], response: { ...rawAnswer('the file'), ...refusals(400, 401, 403, 503) } },
      handler: async (request, reply) => {
        const board = await read(request);
        if (!board.ok) return refuse(reply, board.fault);
        const file = await files[format](board.value, (request.query as { csv?: CsvForm }).csv ?? 'plain');
        return reply.headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="handling.${format}"` }).type(file.contentType).send(file.body);
      },
    });
  }
}
