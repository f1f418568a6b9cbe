import type { CameraConnection, CameraFaultReport, CameraHealth, CameraHealthRow } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { healthOf, type CameraCheck } from '../../domain/camera/health.ts';
import { faultDueAt } from '../../domain/camera/policy.ts';
import { mayHandOverFaults } from '../../domain/camera/rights.ts';
import words from '../../domain/camera/text.vi.json' with { type: 'json' };
import { sees, type Scope } from '../../domain/scope.ts';
import { createConditions } from '../collections/conditions.ts';
import { cameraTable } from '../topics/camera.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { changeOf, createDesk, type WorkDeps } from '../work/desk.ts';
import { issueRequest } from '../work/requests.ts';
import { createRound } from './round.ts';

export interface HealthDeps extends WorkDeps {
  /** Looks at one camera, opening its stream if nobody watches it. */
  probe(camera: string): Promise<CameraConnection>;
  /** How wrong a camera's clock is, null where it can not be asked. Units: ms. */
  clockOffset(camera: string): Promise<number | null>;
  /** Of several servers only one goes the round by itself. */
  isOnDuty?(): boolean;
}

/** Looks older than this are forgotten. Units: ms. */
const KEPT_MS = 400 * 86_400_000;
const STATE_WORDS: Readonly<Record<string, string>> = words;

/** The round: every camera is looked at in turn, and what was found becomes figures and requests. */
export function createCameraHealth(deps: HealthDeps) {
  const { engine, clock, log, probe, clockOffset } = deps;
  const desk = createDesk(deps);
  let isClosed = false;

  const lookAt = async (n: number) => {
    const state = await probe(cameraTable.idOf(n));
    const offset = state === 'live' ? await clockOffset(cameraTable.idOf(n)) : null;
    if (isClosed) return;
    await engine.query('insert into camera_check (camera, at, state, clock_offset_ms) select n, $2, $3, $4 from camera where n = $1 on conflict do nothing', [n, clock.now(), state, offset]);
    await engine.query('delete from camera_check where camera = $1 and at < $2', [n, clock.now() - KEPT_MS]);
  };

  const round = createRound({ engine, clock, log, lookAt, isOnDuty: () => deps.isOnDuty?.() ?? true });

  return {
    beginRound: round.begin,
    roundState: round.state,
    stopRound: round.stop,

    async health(scope: Scope, from: number, to: number): Promise<Outcome<CameraHealth>> {
      const conditions = createConditions(scope, 't');
      const [since, until] = [conditions.bind(from), conditions.bind(to)];
      const rows = await engine.query<{ n: number; name: string; unit: string | null; ward: string | null; contractor: string | null; clockOffsetMs: number | null; hasDefaultLogin: boolean; checks: CameraCheck[] | null; request: CameraHealthRow['request'] }>(
        `select t.n, t.name, t.unit, t.ward, t.contractor,
           (select c.clock_offset_ms from camera_check c where c.camera = t.n and c.clock_offset_ms is not null and c.at < ${until} order by c.at desc limit 1) as "clockOffsetMs",
           (exists (select from camera_stream s where s.camera = t.n and s.has_default_login) or exists (select from camera_device d where d.camera = t.n and d.has_default_login)) as "hasDefaultLogin",
           (select json_agg(json_build_object('at', c.at, 'state', c.state) order by c.at) from camera_check c where c.camera = t.n and c.at >= ${since} and c.at < ${until}) as checks,
           (select json_build_object('id', 'hr-' || h.n, 'step', h.step, 'dueAt', h.due_at) from handling_request h where h.about_id = 'cam-' || t.n and h.step not in ('verified', 'returned') order by h.n desc limit 1) as request
         from camera t where ${conditions.where()} order by t.name, t.n`,
        conditions.params(),
      );
      return okay({ from, to, items: rows.map(({ n, checks, ...row }) => ({ ...row, id: cameraTable.idOf(n), ...healthOf(checks ?? [], Math.min(to, clock.now())) })) });
    },

    async handOver(actor: Principal, camera: string, report: CameraFaultReport): Promise<Outcome<HandlingRequestState>> {
      return desk.perform('camera.hand-over', actor, async (bench) => {
        const [stored] = await cameraTable.read(bench.tx, [camera]);
        if (!stored || !sees(bench.scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
        if (!mayHandOverFaults(actor)) return refused('AUTH_FORBIDDEN');
        const open = await bench.tx.query(`select n from handling_request where about_id = $1 and source = 'ioc' and step not in ('verified', 'returned')`, [camera]);
        if (open.length > 0) return refused('STATE_CONFLICT', { pointer: '/camera' });
        const [check] = await bench.tx.query<{ state: CameraConnection }>('select state from camera_check where camera = $1 order by at desc limit 1', [cameraTable.numberOf(camera)]);
        const { name, position, ward, provenance } = stored.state;
        const title = words.fault.replace('{name}', name).replace('{state}', STATE_WORDS[`state-${check?.state ?? 'idle'}`] ?? '');
        const issued = await issueRequest(bench, { about: { topic: 'camera', id: camera, title: title.slice(0, 300) }, level: null, position, ward, provenance }, report, faultDueAt(check?.state ?? null, bench.now));
        return issued.ok ? okay({ reply: issued.value, changes: [changeOf(handlingRequestTable, undefined, issued.value)], words: report.note }) : issued;
      });
    },

    async close(): Promise<void> {
      isClosed = true;
      await round.close();
    },
  };
}
