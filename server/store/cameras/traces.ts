import type { BookmarkEdit, CameraTrace } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { mayReadViews, mayWorkWithCameras } from '../../domain/camera/rights.ts';
import type { KeptPicture, TraceQuery } from '../../domain/ports/cameras.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import { appendAudit } from '../accounts/audit.ts';
import { createConditions } from '../collections/conditions.ts';
import type { Row, Tx } from '../engine/engine.ts';
import { alertTable } from '../topics/alert.ts';
import { cameraTable } from '../topics/camera.ts';
import { caseTable } from '../topics/case.ts';
import type { ThingTable } from '../topics/thingTable.ts';
import { changeOf, createDesk, type Change, type WorkDeps } from '../work/desk.ts';

/** A person who goes on watching is noted again after this long. Units: ms. */
const VIEW_REST_MS = 15 * 60_000;
const WRITE_EVERY_MS = 1000;
const MOST_EVIDENCE = 20;
const FIELDS = `'ctr-' || c.n as id, 'cam-' || c.camera as camera, t.name, c.act, c.actor_name as actor, c.at, c.taken_at as "takenAt", c.words, c.attachment, c.about`;

interface View {
  actor: Principal;
  camera: number;
  act: 'view' | 'playback';
  at: number;
}

type Bearing = { id: string; ref: string; source: string; unit: string | null; ward: string | null; evidence: string[] };
const BEARERS = [alertTable, caseTable] as unknown as readonly ThingTable<Bearing>[];

/** The thing with one more picture among its evidence. */
async function withEvidence(tx: Tx, scope: Scope, about: string, attachment: string): Promise<Outcome<Change | undefined>> {
  const table = BEARERS.find((one) => one.numberOf(about) !== undefined);
  const stored = table && (await table.readForUpdate(tx, about));
  if (!table || !stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND', { pointer: '/about' });
  const { evidence } = stored.state;
  if (evidence.includes(attachment)) return okay(undefined);
  return okay(changeOf(table, stored, { ...stored.state, evidence: [...evidence, attachment].slice(-MOST_EVIDENCE) }));
}

/** The evidence log: who viewed, kept and noted what. Views are gathered and written together, so that a full matrix costs one transaction. */
export function createCameraTraces(deps: WorkDeps) {
  const { engine, clock, log } = deps;
  const desk = createDesk(deps);
  const seen = new Map<string, number>();
  let waiting: View[] = [];
  let timer: NodeJS.Timeout | undefined;

  const addTrace = async (tx: Tx, actor: Principal, camera: string, act: CameraTrace['act'], more: { takenAt: number; words: string; attachment?: string; about?: string | undefined }) => {
    const [row] = await tx.query(
      `with c as (insert into camera_trace (camera, act, actor, actor_name, at, taken_at, words, attachment, about) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning *)
       select ${FIELDS} from c join camera t on t.n = c.camera`,
      [cameraTable.numberOf(camera) ?? 0, act, actor.id, actor.name, clock.now(), more.takenAt, more.words, more.attachment ?? null, more.about ?? null],
    );
    await appendAudit(tx, { actor: actor.id, action: `camera.${act}`, object: [camera, more.attachment, more.about].filter(Boolean).join(' '), at: clock.now() });
    return row as unknown as CameraTrace;
  };

  const writeViews = async () => {
    timer = undefined;
    const views = waiting;
    waiting = [];
    await engine.tx(async (tx) => {
      for (const { actor, camera, act, at } of views) {
        const added = await tx.query('insert into camera_trace (camera, act, actor, actor_name, at) select n, $2, $3, $4, $5 from camera where n = $1 returning n', [camera, act, actor.id, actor.name, at]);
        if (added.length > 0) await appendAudit(tx, { actor: actor.id, action: `camera.${act}`, object: cameraTable.idOf(camera), at });
      }
    });
  };

  /** Runs an act on a camera the actor sees and may work with. */
  const onCamera = (name: string, actor: Principal, camera: string, act: (tx: Tx, scope: Scope) => Promise<Outcome<{ reply: CameraTrace; changes: Change[] }>>) =>
    desk.perform(name, actor, async ({ tx, scope }) => {
      const [stored] = await cameraTable.read(tx, [camera]);
      if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
      if (!mayWorkWithCameras(actor)) return refused('AUTH_FORBIDDEN');
      return act(tx, scope);
    });

  return {
    viewed(actor: Principal, camera: string, act: View['act'] = 'view'): void {
      const n = cameraTable.numberOf(camera);
      const now = clock.realNow();
      const key = `${actor.id} ${camera} ${act}`;
      if (n === undefined || now - (seen.get(key) ?? -Infinity) < VIEW_REST_MS) return;
      if (seen.size > 50_000) seen.clear();
      seen.set(key, now);
      waiting.push({ actor, camera: n, act, at: clock.now() });
      timer ??= setTimeout(() => writeViews().catch((error: unknown) => log.error({ error: String(error) }, 'views of cameras could not be noted')), WRITE_EVERY_MS);
    },

    async traces(scope: Scope, { camera, limit }: TraceQuery): Promise<Outcome<CameraTrace[]>> {
      const conditions = createConditions(scope, 't');
      if (camera !== undefined) conditions.add('c.camera = ?', cameraTable.numberOf(camera) ?? 0);
      if (!mayReadViews(scope.principal)) conditions.add("(c.act <> 'view' or c.actor = ?)", scope.principal.id);
      const where = conditions.where();
      const rows: Row[] = await engine.query(`select ${FIELDS} from camera_trace c join camera t on t.n = c.camera where ${where} order by c.n desc limit ${conditions.bind(limit)}`, conditions.params());
      return okay(rows as unknown as CameraTrace[]);
    },

    async snapshot(actor: Principal, camera: string, { attachment, takenAt, reason, about }: KeptPicture): Promise<Outcome<CameraTrace>> {
      const words = reason.trim();
      if (words === '') return refused('CAMERA_REASON', { pointer: '/reason' });
      return onCamera('camera.snapshot', actor, camera, async (tx, scope) => {
        const evidence = about === undefined ? okay(undefined) : await withEvidence(tx, scope, about, attachment);
        if (!evidence.ok) return evidence;
        const reply = await addTrace(tx, actor, camera, 'snapshot', { takenAt, words, attachment, about });
        return okay({ reply, changes: evidence.value ? [evidence.value] : [] });
      });
    },

    async bookmark(actor: Principal, camera: string, { takenAt, words }: BookmarkEdit): Promise<Outcome<CameraTrace>> {
      return onCamera('camera.bookmark', actor, camera, async (tx) => okay({ reply: await addTrace(tx, actor, camera, 'bookmark', { takenAt, words: words.trim() }), changes: [] }));
    },

    async close(): Promise<void> {
      clearTimeout(timer);
      if (waiting.length > 0) await writeViews();
    },
  };
}
