import type { Principal } from '#contract/roles.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createCollections } from '../../store/collections/collections.ts';
import { createCitizens } from '../../store/feedback/citizens.ts';
import { createFeedbackImport } from '../../store/feedback/import.ts';
import { createPhotoPieces } from '../../store/feedback/photoPieces.ts';
import { createLog } from '../../store/log/log.ts';
import { createTestStore, testSeal, testUnits, type TestStore } from '../../store/topics/testStore.ts';
import { createProcedures } from '../../store/procedures/procedures.ts';
import { procedureCommands } from '../../store/procedures/runs.ts';
import { createAlertBook } from '../../store/work/alertBook.ts';
import { createDuty } from '../../store/work/duty.ts';
import { createHandling } from '../../store/work/handling.ts';
import { createWork } from '../../store/work/work.ts';
import { isInVietnam } from '../../../geo/inside.ts';
import { createTestApp, type TestApp } from './app.ts';

/** People beside `PEOPLE` whom work needs: a second operator, and an officer of another ward. */
const MORE_PEOPLE = new Map<string, Principal>([
  ['second-operator', { kind: 'person', id: 'us-second', name: 'Trực ban thứ hai', roles: ['operator'], units: null }],
  ['other-officer', { kind: 'person', id: 'us-other', name: 'Cán bộ phường khác', roles: ['unit-officer'], units: ['20263'] }],
]);

/** East of here the tests' land ends. */
const COAST_LON = 108.3;

/** The app over a real store, door and desk: what stands behind it is only people, walls and cameras in memory. */
export interface WorkApp extends TestApp {
  store: TestStore;
  command<T>(name: string, body: object, person?: string): Promise<{ status: number; body: T }>;
}

/** Opens it on the embedded store. */
export async function createWorkApp(): Promise<WorkApp> {
  const store = await createTestStore('embedded');
  const { engine, clock, door } = store;
  const log = createSilentLog();
  const eventLog = await createLog(engine, { log, pollMs: 50 });
  const wardAt = ([lon = 0]: readonly number[]) => (lon > COAST_LON ? null : lon < 108.225 ? '20242' : '20263');
  const citizens = createCitizens({ engine, clock, log, door, units: testUnits, seal: testSeal, secret: new Uint8Array(32).fill(9), places: { isInVietnam, wardAt } });
  const procedures = await createProcedures({ engine, clock });
  const app = await createTestApp((deps) => ({
    ...deps, citizens, door, clock,
    accounts: {
      ...deps.accounts,
      async principalOf(token, options) {
        const principal = MORE_PEOPLE.get(token);
        return principal ? { principal, expiresAt: Number.MAX_SAFE_INTEGER } : deps.accounts.principalOf(token, options);
      },
    },
    log: eventLog,
    photoPieces: createPhotoPieces(clock),
    alertBook: createAlertBook({ engine, clock }),
    duty: createDuty({ engine, clock }),
    feedbackImport: createFeedbackImport({ engine, clock, door, units: testUnits, places: { isInVietnam, wardAt } }),
    handling: createHandling({ engine, clock, units: testUnits }),
    units: testUnits,
    commands: { ...createWork({ engine, clock, log, units: testUnits }), ...procedureCommands({ engine, clock, log, units: testUnits }) },
    procedures,
    collections: createCollections({ engine, clock, units: testUnits, telemetry: deps.telemetry, sources: deps.feeds }),
    subtree: testUnits.subtree,
  }));
  return {
    ...app, store,
    async command(name, body, person = 'operator') {
      const answer = await app.app.inject({ method: 'POST', url: `/api/v1/commands/${name}`, payload: body, headers: { cookie: `__Host-ioc=${person}` } });
      return { status: answer.statusCode, body: answer.json() };
    },
    async close() {
      await app.close();
      citizens.close();
      await eventLog.close();
      await store.close();
    },
  };
}

/** A multipart body of fields and files. */
export function formOf(fields: Record<string, string>, files: readonly { name: string; bytes: Uint8Array }[] = []): { payload: Buffer; headers: Record<string, string> } {
  const boundary = '----toan-canh-form';
  const parts = Object.entries(fields).map(([name, value]) => Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const { name, bytes } of files) {
    parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="photo"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n'));
  }
  return { payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
