import type { ConnectorText } from '#contract/connector.ts';
import { okay, refused } from '#contract/faults.ts';
import type { MissingSource, ServiceState } from '#contract/service.ts';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import type { ProceduresPort } from '../../domain/ports/procedures.ts';
import type { ServicesPort } from '../../domain/ports/services.ts';
import { isOn, mayMove } from '../../domain/service/moves.ts';
import { byOrder, type PackFile } from '../../domain/service/pack.ts';
import type { CatalogueFault } from '../../domain/indicator/readYaml.ts';
import { compare, monthsOf, scoresOf, type ServiceCase, type SourceDay, type ToldValue } from '../../domain/vendor/vendor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { guarded } from '../work/guarded.ts';
import { MOVE_CHANNEL, type Standings } from './standings.ts';

const MOST_COMPARED = 500;
/** Sample history is told as if it had come on its day, so it is timed by its own word. */
const TOLD = `
  select distinct on (code, unit, period, source) code, unit, period, source, value, at, provenance, case provenance when 'simulated' then at else received_at end as "heardAt"
  from indicator_value where code = any($1) and (case provenance when 'simulated' then at else received_at end) between $2 and $3
  order by code, unit, period, source, n desc`;

/** The folders in force, as the follower of the folders has them. */
export interface FoldersInForce {
  packs(): ReadonlyMap<string, PackFile>;
  adapters(): readonly ConnectorText[];
  refused(): readonly (CatalogueFault & { service: string; isKept: boolean })[];
  version(): string;
  written(): Catalogue;
  again(): Promise<void>;
}

export interface ServicesDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  folders: FoldersInForce;
  standings: Standings;
  procedures: Pick<ProceduresPort, 'list'>;
}

interface Spoken {
  code: string;
  real: boolean;
  manual: boolean;
  simulated: boolean;
  red: boolean;
}

/** Builds the services over the store. */
export function createServices({ engine, clock, folders, standings, procedures }: ServicesDeps): ServicesPort {
  const spokenNow = async () => {
    const rows = await engine.query<Spoken>(
      `select split_part(ref, '/', 2) as code, bool_or(coalesce(provenance = 'real', false)) as real, bool_or(coalesce(provenance = 'manual', false)) as manual,
         bool_or(coalesce(provenance = 'simulated', false)) as simulated, bool_or(level = 'red') as red
       from red_status where ref like 'indicator/%' group by 1`,
    );
    return new Map(rows.map((row) => [row.code, row]));
  };
  const inForce = async () => {
    const found = await procedures.list();
    return found.ok ? found.value.filter(({ state }) => state === 'in-force') : [];
  };
  const missingOf = (pack: PackFile, spoken: ReadonlyMap<string, Spoken>): MissingSource[] => {
    const { indicators } = folders.written();
    return pack.required.filter((code) => !spoken.get(code)?.real).flatMap((code) => {
      const indicator = indicators.get(code);
      return indicator ? [{ code, name: indicator.name, source: indicator.source }] : [];
    });
  };
  const figuresOf = (pack: PackFile, spoken: ReadonlyMap<string, Spoken>): ServiceState['figures'] => {
    const codes = codesOf(pack.service);
    const rows = codes.map((code) => spoken.get(code));
    const count = (test: (row: Spoken) => boolean) => rows.filter((row) => row && test(row)).length;
    const real = count((row) => row.real);
    const manual = count((row) => !row.real && row.manual);
    const simulated = count((row) => !row.real && !row.manual && row.simulated);
    return { indicators: codes.length, required: pack.required.length, real, manual, simulated, empty: codes.length - real - manual - simulated, red: count((row) => row.red) };
  };
  const codesOf = (service: string) => [...folders.written().indicators.values()].filter((one) => one.service === service).map(({ code }) => code);

  const stateOf = (id: string, pack: PackFile, spoken: ReadonlyMap<string, Spoken>, known: Awaited<ReturnType<typeof inForce>>): ServiceState => {
    const { name, group, vendors, sources, scene, alertKinds, mapLayers, gauges = [], reportFigures, approval } = pack;
    const history = standings.historyOf(id, pack);
    const standing = history[0]!;
    return {
      id, name, group, standing, isOn: isOn(pack, standing), approvalNeeded: approval ?? null, vendors,
      sources: sources.map(({ vendor = null, ...source }) => ({ ...source, vendor })),
      scene: scene ?? null, alertKinds, mapLayers, gauges, reportFigures,
      procedures: known.filter(({ kinds }) => kinds.some((kind) => alertKinds.includes(kind))).map(({ code, title }) => ({ code, title })),
      figures: figuresOf(pack, spoken), missing: missingOf(pack, spoken), history,
    };
  };

  return {
    adapters: folders.adapters,
    list: () =>
      guarded(async () => {
        const [spoken, known] = [await spokenNow(), await inForce()];
        const items = [...folders.packs()].sort(([, a], [, b]) => byOrder(a, b)).map(([id, pack]) => stateOf(id, pack, spoken, known));
        return okay({ at: clock.now(), version: folders.version(), items, refused: [...folders.refused()] });
      }),
    move: (actor, id, wish) =>
      guarded(async () => {
        const pack = folders.packs().get(id);
        if (!pack) return refused('NOT_FOUND');
        await standings.reload();
        const before = standings.now(id, pack);
        const allowed = mayMove(pack, before, wish, missingOf(pack, await spokenNow()));
        if (!allowed.ok) return allowed;
        const moved = await engine.tx(async (tx) => {
          await tx.query(`select pg_advisory_xact_lock(hashtext('service ' || $1))`, [id]);
          const [newest] = await tx.query<{ state: string }>('select state from service_move where service = $1 order by n desc limit 1', [id]);
          if ((newest?.state ?? pack.state.is) !== before.is) return refused('STATE_CONFLICT');
          const at = clock.now();
          await tx.query('insert into service_move (service, state, reason, approval, actor, actor_name, at) values ($1, $2, $3, $4, $5, $6, $7)', [id, wish.state, wish.reason, wish.approval ?? before.approval, actor.id, actor.name, at]);
          await appendAudit(tx, { actor: actor.id, action: `service.${wish.state}`, object: id, at });
          await tx.query(`select pg_notify('${MOVE_CHANNEL}', '')`);
          return okay(undefined);
        });
        if (!moved.ok) return moved;
        await standings.reload();
        await folders.again();
        return okay(stateOf(id, pack, await spokenNow(), await inForce()));
      }),
    vendors: (id, from, to) =>
      guarded(async () => {
        if (!folders.packs().has(id)) return refused('NOT_FOUND');
        const known = folders.written().indicators;
        const codes = codesOf(id);
        const told = await engine.query<ToldValue>(TOLD, [codes, from, to]);
        const sources = [...new Set(told.map(({ source }) => source))];
        const names = await engine.query<{ id: string; name: string }>('select id, name from source where id = any($1)', [sources]);
        const days = await engine.query<SourceDay>(
          `select id as source, day::text as day, live / 100.0 as live from quality_day where kind = 'source' and live is not null and id = any($1) and day between to_timestamp($2 / 1000.0)::date and to_timestamp($3 / 1000.0)::date`,
          [sources, from, to],
        );
        const cases = await engine.query<ServiceCase>(`select opened_at as "openedAt", closed_at as "closedAt" from red_case where subject ->> 'code' = any($1) and opened_at between $2 and $3`, [codes, from, to]);
        return okay({
          at: clock.now(), service: id, from, to,
          scores: scoresOf(told, days, new Map(names.map((one) => [one.id, one.name])), known),
          compared: compare(told, known).slice(0, MOST_COMPARED),
          months: monthsOf(told, days, cases, known),
        });
      }),
  };
}
