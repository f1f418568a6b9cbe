import { OfficeOutcome } from '#contract/assignmentImport.ts';
import { answer, refuseWith } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { readForm } from '../reportForm.ts';
import { scopeOfRequest } from '../scope.ts';
import type { App } from '../types.ts';
import type { RouteDeps } from './index.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const FORM = ['multipart/form-data'] as const;

/** Assignments from a sheet of the office system (iOffice). */
export function assignmentImportRoutes(app: App, { assignmentImport, subtree }: RouteDeps): void {
  app.post('/api/v1/assignments/import', {
    config: { policy: 'unit-work', accepts: FORM },
    bodyLimit: MOST_BYTES + 64 * 1024,
    schema: {
      tags: ['directives'],
      summary: 'Assignments from a sheet of the office system (CSV, XLSX); `mode=look` shows what would happen, `mode=take` does it, `faulty=skip` leaves refused rows out',
      consumes: [...FORM],
      response: { 200: OfficeOutcome, ...refusals(400, 401, 403, 408, 413, 415, 422, 503, 507) },
    },
    handler: async (request, reply) => {
      const { fields, photos: [bytes] } = await readForm(request, { files: 1, fileSize: MOST_BYTES });
      if (!bytes) return refuseWith(reply, 'REQUEST_BODY', { pointer: '/file' });
      const outcome = await assignmentImport.read(bytes, { isDone: fields.get('mode') === 'take', skipsFaulty: fields.get('faulty') === 'skip' }, scopeOfRequest(request, subtree));
      return answer(reply.header('cache-control', 'no-store'), outcome);
    },
  });
}
