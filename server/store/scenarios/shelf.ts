import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Scenario, ScenarioFault } from '#contract/scenario.ts';
import { readLayout, type LayoutFault } from '../../../layouts/check.ts';
import { checkScenario, type Known } from '../../../layouts/checkScenario.ts';
import { sayFault } from '../../../layouts/sayFault.ts';
import { upgradeStored, upgradeText } from '../../../layouts/upgrade.ts';
import { writeScenario } from '../../../layouts/writeScenario.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import type { Walls } from '../walls/walls.ts';

/** Wakes every node when a scenario was saved or withdrawn. */
export const SHELF_CHANNEL = 'scenario_published';

/** Scenarios: shipped files under what people saved here. */
export interface ScenarioShelf {
  all(): ReadonlyMap<string, Scenario>;
  isOwn(id: string): boolean;
  file(id: string): Outcome<string>;
  /** A scenario that only names cameras the city does not have is told so, and can still be taken: its steps have a fallback or can be mended. */
  check(yaml: string, cameras?: ReadonlyMap<string, string>): { scenario: Scenario | null; faults: ScenarioFault[] };
  /** Files with faults, and what the others name that the city does not have. */
  faults(cameras: ReadonlyMap<string, string> | undefined): ScenarioFault[];
  save(yaml: string, by: string, cameras?: ReadonlyMap<string, string>): Promise<Outcome<{ id: string | null; version: number | null; faults: ScenarioFault[] }>>;
  withdraw(id: string): Promise<Outcome<Record<string, never>>>;
  read(): Promise<void>;
}

interface ShelfDeps {
  engine: Engine;
  clock: Clock;
  logger: Log;
  walls: Walls;
  layoutsFolder: string;
  hasUnit: (code: string) => boolean;
}

const said = (fault: LayoutFault): ScenarioFault => ({ ...fault, vi: sayFault(fault, 'vi'), en: sayFault(fault, 'en') });

export async function createScenarioShelf({ engine, clock, logger, walls, layoutsFolder, hasUnit }: ShelfDeps): Promise<ScenarioShelf> {
  let own: ReadonlyMap<string, Scenario> = new Map();
  const knownHere = (cameras?: ReadonlyMap<string, string>): Known => ({ scenes: walls.allScenes(), widgets: walls.layouts().widgets, hasUnit, hasCamera: cameras && ((ref) => cameras.has(ref)) });
  const readText = (yaml: string, file: string, known: Known) => readLayout('scenario', file, yaml, known.widgets, (scenario, say) => checkScenario(scenario, known, say));
  const nameOf = (yaml: string) => `${/^id:\s*['"]?([a-z0-9-]+)/m.exec(yaml)?.[1] ?? 'scenario'}.yaml`;
  const shipped = (id: string) => {
    const text = readFileSync(join(layoutsFolder, 'scenarios', `${id}.yaml`), 'utf8');
    return upgradeText('scenario', text)?.text ?? text;
  };

  const shelf: ScenarioShelf = {
    all: () => new Map([...walls.layouts().scenarios, ...own]),
    isOwn: (id) => own.has(id),
    file(id) {
      const mine = own.get(id);
      if (mine) return okay(writeScenario(mine));
      return walls.layouts().scenarios.has(id) ? okay(shipped(id)) : refused('SCENARIO_UNKNOWN');
    },
    check(yaml, cameras) {
      const { value, faults } = readText(yaml, nameOf(yaml), knownHere());
      return { scenario: value ?? null, faults: (value && cameras ? readText(yaml, nameOf(yaml), knownHere(cameras)).faults : faults).map(said) };
    },
    faults(cameras) {
      const broken = walls.layouts().faults.filter(({ file }) => file.startsWith('scenarios/') || file.startsWith('stages/')).map(said);
      const known = knownHere(cameras);
      const texts = [...shelf.all().keys()].map((id) => ({ id, text: shelf.file(id) }));
      return [...broken, ...texts.flatMap(({ id, text }) => (text.ok ? readText(text.value, `scenarios/${id}.yaml`, known).faults.map(said) : []))];
    },
    async save(yaml, by, cameras) {
      const { scenario, faults } = shelf.check(yaml, cameras);
      if (!scenario) return okay({ id: null, version: null, faults });
      const version = await engine.tx(async (tx) => {
        const [row] = await tx.query<{ version: number }>(
          `insert into layout_version (kind, id, version, spec, saved_by, saved_at)
           select 'scenario', $1, coalesce(max(version), 0) + 1, $2, $3, $4 from layout_version where kind = 'scenario' and id = $1 returning version`,
          [scenario.id, JSON.stringify(scenario), by, clock.now()],
        );
        await tx.query(
          `insert into scenario_published (id, version, published_by, published_at) values ($1, $2, $3, $4)
           on conflict (id) do update set version = excluded.version, published_by = excluded.published_by, published_at = excluded.published_at`,
          [scenario.id, row?.version, by, clock.now()],
        );
        await tx.query(`select pg_notify('${SHELF_CHANNEL}', '')`);
        return row?.version ?? null;
      });
      await shelf.read();
      return okay({ id: scenario.id, version, faults });
    },
    async withdraw(id) {
      const rows = await engine.query('delete from scenario_published where id = $1 returning id', [id]);
      if (rows.length === 0) return refused('SCENARIO_UNKNOWN');
      await engine.query(`select pg_notify('${SHELF_CHANNEL}', '')`);
      await shelf.read();
      return okay({});
    },
    async read() {
      const rows = await engine.query<{ id: string; version: number; spec: unknown }>("select v.id, v.version, v.spec from scenario_published p join layout_version v on v.kind = 'scenario' and v.id = p.id and v.version = p.version");
      own = new Map(
        rows.flatMap(({ id, version, spec }) => {
          const scenario = upgradeStored<Scenario>('scenario', spec);
          if (!scenario) logger.warn({ scenario: id, version }, 'a newer program wrote this version of a scenario; its file is played');
          return scenario ? [[id, scenario] as const] : [];
        }),
      );
    },
  };
  await shelf.read();
  return shelf;
}
