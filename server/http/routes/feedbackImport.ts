import { Compile } from 'typebox/compile';
import { ImportMapping, ImportOutcome } from '#contract/feedbackImport.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { readForm } from '../reportForm.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const FORM = ['multipart/form-data'] as const;
const mappingForm = Compile(ImportMapping);

function mappingOf(text: string | undefined): ImportMapping | undefined | 'broken' {
  if (text === undefined || text === '') return undefined;
  try {
    const sent: unknown = JSON.parse(text);
    return mappingForm.Check(sent) ? sent : 'broken';
  } catch (error) {
    if (error instanceof SyntaxError) return 'broken';
    throw error;
  }
}

export function feedbackImportRoutes(app: App, { feedbackImport, subtree }: RouteDeps): void {
  app.post('/api/v1/feedback/import', {
    config: { policy: 'operate', accepts: FORM },
    bodyLimit: MOST_BYTES + 64 * 1024,
    schema: {
      tags: ['citizens'],
      summary: 'Reports from a switchboard export or a spreadsheet (CSV, XLSX); `mode=look` shows what would happen, `mode=take` does it',
      consumes: [...FORM],
      response: { 200: ImportOutcome, ...refusals(400, 401, 403, 408, 413, 415, 422, 503, 507) },
    },
    handler: async (request, reply) => {
      const { fields, photos: [bytes] } = await readForm(request, { files: 1, fileSize: MOST_BYTES });
      if (!bytes) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      const mapping = mappingOf(fields.get('mapping'));
      if (mapping === 'broken') return refuseWith(reply, 'REQUEST_BODY', { pointer: '/mapping' });
      const source = /^[a-z0-9-]{1,20}$/.exec(fields.get('source') ?? '1022')?.[0];
      if (source === undefined) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/source' });
      const outcome = await feedbackImport.read(scopeOfRequest(request, subtree).principal, { name: source, bytes, source, mapping, isDone: fields.get('mode') === 'take' });
      return answer(reply.header('cache-control', 'no-store'), outcome);
    },
  });
}
