import type { Position } from '#contract/base.ts';
import { okay, refused } from '#contract/faults.ts';
import type { PatrolNear, StreetNow, StreetSign, TrafficEvent } from '#contract/traffic.ts';
import { distanceM } from '../../../geo/distance.ts';
import { createReach } from '../../../geo/reach.ts';
import type { RoadGraph, RoadSegment } from '../../../geo/streets.ts';
import type { TelemetryPort } from '../../domain/ports/telemetry.ts';
import type { TrafficPort } from '../../domain/ports/traffic.ts';
import { corridorsOf } from '../../domain/traffic/corridors.ts';
import { sees } from '../../domain/scope.ts';
import { SERVICE_LEVELS, serviceLevelOf } from '../../domain/traffic/serviceLevel.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Queryable } from '../engine/engine.ts';
import { requestDueAt } from '../../domain/alert/deadlines.ts';
import { rightToOperate } from '../../domain/handling-request/rights.ts';
import { alertTable } from '../topics/alert.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { changeOf, createDesk, refusalOf, type WorkDeps } from '../work/desk.ts';
import { issueRequest } from '../work/requests.ts';
import { guarded } from '../work/guarded.ts';
import { createTypical } from './typical.ts';

const MOST_SHOWN = 30;
const MOST_PATROLS = 12;
const PREFIX = 'te-';
const SELECT = `select '${PREFIX}' || n as id, kind, title, json_build_array(lon, lat) as position, segment, street, ward, from_at as "fromAt", to_at as "toAt", ended_at as "endedAt", actor_name as by from traffic_event`;
const NOT_DRIVEN: ReadonlySet<TrafficEvent['kind']> = new Set(['closure', 'flooded']);
const PATROLS: ReadonlySet<string> = new Set(['police', 'ambulance', 'fire-engine']);
/** Alerts nobody needs to drive to any more, and requests whose patrol is still bound. */
const OVER: ReadonlySet<string> = new Set(['resolved', 'verified', 'closed']);
const ANSWERING = `step in ('sent', 'delivered', 'read', 'accepted')`;
const numberOf = (id: string) => (/^te-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(PREFIX.length)) : 0);
const middleOf = ({ line }: RoadSegment): Position => line[Math.floor(line.length / 2)] as Position;

/** Streets against their typical hour, events on them, and patrols by the time they need. */
export function createTraffic(deps: WorkDeps & {
  telemetry: Pick<TelemetryPort, 'traffic' | 'vehicles'>;
  roads: RoadGraph;
  wardAt(position: readonly number[]): string | null;
}): TrafficPort {
  const { engine, clock, telemetry, roads, wardAt } = deps;
  const desk = createDesk(deps);
  const typical = createTypical(engine, clock);
  const byId = new Map(roads.segments.map((segment) => [segment.id, segment]));
  const wards = new Map<string, string | null>();
  let reach: ReturnType<typeof createReach> | undefined;
  const reaching = () => (reach ??= createReach(roads));
  const wardOf = (segment: RoadSegment): string | null => {
    if (!wards.has(segment.id)) wards.set(segment.id, wardAt(middleOf(segment)));
    return wards.get(segment.id) ?? null;
  };

  const streets = async (): Promise<StreetNow[]> => {
    const usual = await typical.speeds();
    return telemetry.traffic().flatMap(({ segment: id, speedKmh, ratio, at, provenance }): StreetNow[] => {
      const segment = byId.get(id);
      if (!segment) return [];
      const typicalKmh = usual.get(id) ?? segment.freeFlowKmh;
      return [{ segment: id, name: segment.name ?? null, ward: wardOf(segment), position: middleOf(segment), speedKmh, typicalKmh, hasHistory: usual.has(id), level: serviceLevelOf(ratio), ofTypical: typicalKmh > 0 ? speedKmh / typicalKmh : 1, at, provenance }];
    });
  };

  const lined = (row: Omit<TrafficEvent, 'line'>): TrafficEvent => ({ ...row, line: (byId.get(row.segment ?? '')?.line as Position[] | undefined) ?? null });
  const eventsWhere = async (db: Queryable, rest: string, params: unknown[] = []): Promise<TrafficEvent[]> => (await db.query<Omit<TrafficEvent, 'line'>>(`${SELECT} ${rest}`, params)).map(lined);
  const openEvents = () => eventsWhere(engine, 'where ended_at is null and (to_at is null or to_at > $1) order by n desc limit 500', [clock.now()]);

  return {
    streets,
    board: () =>
      guarded(async () => {
        const all = await streets();
        const now = new Map(all.map((street) => [street.segment, street]));
        const levels = Object.fromEntries(SERVICE_LEVELS.map((level) => [level, all.filter((street) => street.level === level).length]));
        const kinds = [...new Set(all.map(({ provenance }) => provenance))];
        const pieces = roads.segments.flatMap(({ id, name, lengthM, freeFlowKmh, class: kind }) => {
          if (name === undefined || !['primary', 'secondary'].includes(kind)) return [];
          const street = now.get(id);
          return [{ name, lengthM, freeFlowKmh, typicalKmh: street?.typicalKmh ?? freeFlowKmh, speedKmh: street?.speedKmh ?? null }];
        });
        return okay({
          at: clock.now(), measured: all.length, levels,
          worst: [...all].sort((a, b) => a.ofTypical - b.ofTypical).slice(0, MOST_SHOWN),
          corridors: corridorsOf(pieces).slice(0, MOST_SHOWN),
          provenance: kinds.length === 0 ? null : kinds.length === 1 ? kinds[0]! : 'mixed',
        });
      }),
    events: (isAll) => guarded(async () => okay(isAll ? await eventsWhere(engine, 'order by n desc limit 500') : await openEvents())),
    signs: (at = clock.now()) =>
      guarded(async () => {
        const known = await eventsWhere(engine, 'where at <= $1 and (ended_at is null or ended_at > $1) and (to_at is null or to_at > $1) order by n desc limit 500', [at]);
        return okay(known.map(({ id, kind, title, position, line, fromAt, toAt }): StreetSign => ({ id, kind, title, position, line, fromAt, toAt })));
      }),
    addEvent: (scope, { kind, title, position, fromAt, toAt }) =>
      guarded(async () => {
        const actor = scope.principal;
        if (toAt !== null && toAt <= fromAt) return refused('REQUEST_BODY', { pointer: '/toAt' });
        if (!sees(scope, null, wardAt(position))) return refused('AUTH_FORBIDDEN', { pointer: '/position' });
        const segment = reaching().segmentNear(position);
        return engine.tx(async (tx) => {
          const at = clock.now();
          const [row] = await tx.query<{ n: number }>(
            'insert into traffic_event (kind, title, lon, lat, segment, street, ward, from_at, to_at, actor, actor_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning n',
            [kind, title, position[0], position[1], segment?.id ?? null, segment?.name ?? null, wardAt(position), fromAt, toAt, actor.id, actor.name, at],
          );
          await appendAudit(tx, { actor: actor.id, action: 'traffic.event', object: `${PREFIX}${row!.n}`, at });
          const [event] = await eventsWhere(tx, 'where n = $1', [row!.n]);
          return okay(event!);
        });
      }),
    endEvent: (scope, id) =>
      guarded(() =>
        engine.tx(async (tx) => {
          const at = clock.now();
          const [before] = await eventsWhere(tx, 'where n = $1 for update', [numberOf(id)]);
          if (!before || !sees(scope, null, before.ward)) return refused('NOT_FOUND');
          await tx.query('update traffic_event set ended_at = $2 where n = $1 and ended_at is null', [numberOf(id), at]);
          const [event] = await eventsWhere(tx, 'where n = $1', [numberOf(id)]);
          if (!event) return refused('NOT_FOUND');
          await appendAudit(tx, { actor: scope.principal.id, action: 'traffic.end', object: id, at });
          return okay(event);
        }),
      ),
    patrols: (scope, to) =>
      guarded(async () => {
        const vehicles = telemetry.vehicles().filter(({ kind, unit }) => PATROLS.has(kind) && sees(scope, unit, null));
        const tasks = await engine.query<{ patrol: string; alert: string }>(
          `select r.patrol, r.about_id as alert from handling_request r join alert a on 'al-' || a.n = r.about_id
           where r.patrol is not null and ${ANSWERING} and a.state not in ('resolved', 'verified', 'closed') order by r.n`,
        );
        const busy = new Map(tasks.map(({ patrol, alert }) => [patrol, alert]));
        const now = new Map(telemetry.traffic().map(({ segment, speedKmh }) => [segment, speedKmh]));
        const closed = new Set((await openEvents()).flatMap(({ kind, segment, fromAt }) => (segment !== null && NOT_DRIVEN.has(kind) && fromAt <= clock.now() ? [segment] : [])));
        const near = vehicles.map((vehicle) => ({ vehicle, apart: distanceM(vehicle.position, to) })).sort((a, b) => a.apart - b.apart).slice(0, MOST_PATROLS);
        const seconds = reaching().secondsTo(to, near.map(({ vehicle }) => vehicle.position), ({ id, freeFlowKmh }) => now.get(id) ?? freeFlowKmh, (id) => closed.has(id));
        const found = near.map(({ vehicle: { ref, kind, position, at, provenance }, apart }, index): PatrolNear => {
          const time = seconds[index];
          return { ref, kind, position, at, provenance, distanceM: apart, seconds: time === undefined || !Number.isFinite(time) ? null : time, busyWith: busy.get(ref) ?? null };
        });
        const rank = ({ busyWith, seconds: time, distanceM: apart }: PatrolNear): [number, number] => [busyWith === null ? 0 : 1, time ?? 3600 + apart];
        return okay(found.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]));
      }),
    send: (scope, ref, alert) =>
      desk.perform('patrol.send', scope.principal, async (bench) => {
        const stored = await alertTable.readForUpdate(bench.tx, alert);
        const vehicle = telemetry.vehicles().find((one) => one.ref === ref && sees(bench.scope, one.unit, null));
        if (!stored || !vehicle) return refused('NOT_FOUND');
        const { state } = stored;
        const refusal = refusalOf(rightToOperate(bench.scope, state));
        if (refusal) return refusal;
        const [sent] = await bench.tx.query<{ n: number }>(`select n from handling_request where patrol = $1 and about_id = $2 and ${ANSWERING}`, [ref, alert]);
        const [again] = sent ? await handlingRequestTable.read(bench.tx, [handlingRequestTable.idOf(sent.n)]) : [];
        if (again) return okay({ reply: again.state, changes: [] });
        if (OVER.has(state.state)) return refused('STATE_STEP');
        const unit = vehicle.unit ?? state.unit ?? state.ward;
        if (unit === null) return refused('TRAFFIC_UNIT');
        const { position, ward, provenance, rehearsal, level } = state;
        const about = { topic: 'alert' as const, id: state.id, title: state.title };
        const issued = await issueRequest(bench, { position, ward, provenance, rehearsal, level, about }, { unit, patrol: ref }, requestDueAt(state, bench.now));
        return issued.ok ? okay({ reply: issued.value, changes: [changeOf(handlingRequestTable, undefined, issued.value)] }) : issued;
      }),
  };
}
