import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '#contract/scenario.ts';
import type { Salvo, Scene, Tour, WallProfile } from '#contract/wall.ts';
import type { WallRule } from '#contract/wallRule.ts';
import { readLayout, type LayoutFault, type Say } from './check.ts';
import { checkLegible } from './checkLegible.ts';
import { checkScenario, type Known } from './checkScenario.ts';
import { checkSettings, type WidgetSettings } from './checkSettings.ts';
import { isInside } from './rects.ts';
import { LAYOUT_KINDS, type LayoutKind } from './schema.ts';
import type { Upgrade } from './upgrade.ts';

/** All that people wrote in the layouts folder, by id. */
export interface Layouts {
  walls: Map<string, WallProfile>;
  scenes: Map<string, Scene>;
  tours: Map<string, Tour>;
  rules: Map<string, WallRule>;
  /** Sets of cameras that one key puts into a zone. */
  salvos: Map<string, Salvo>;
  /** Scenes with places for what a scenario puts there. */
  stages: Map<string, Scene>;
  scenarios: Map<string, Scenario>;
  /** Names of the widgets a tile may show. */
  widgets: ReadonlySet<string>;
  /** What could not be taken; the last good version of such a file stays. */
  faults: LayoutFault[];
  /** Files of an older version, read in today's form; on the disk they stay as they are. */
  upgraded: UpgradedFile[];
}

/** A file that was brought up while it was read. */
export interface UpgradedFile extends Upgrade {
  file: string;
}

type Good = { [K in LayoutKind]: Map<string, unknown> };

async function readKind(folder: string, kind: LayoutKind, widgets: ReadonlySet<string>, before: Map<string, unknown>, { faults, upgraded }: Pick<Layouts, 'faults' | 'upgraded'>, more?: (value: unknown, say: Say) => void): Promise<Map<string, unknown>> {
  const good = new Map<string, unknown>();
  const inside = LAYOUT_KINDS[kind].folder;
  if (!existsSync(join(folder, inside))) return good;
  const names = (await readdir(join(folder, inside))).filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).sort();
  for (const name of names) {
    const file = `${inside}/${name}`;
    const { value, faults: found, upgrade } = readLayout(kind, file, await readFile(join(folder, file), 'utf8'), widgets, more);
    faults.push(...found);
    if (upgrade) upgraded.push({ file, ...upgrade });
    const id = name.replace(/\.yaml$/, '');
    const kept = value ?? before.get(id);
    if (kept) good.set(id, kept);
  }
  return good;
}

function checkTours(tours: Layouts['tours'], scenes: Layouts['scenes'], faults: LayoutFault[]): void {
  for (const [id, tour] of tours) {
    const unknown = tour.stops.find(({ scene }) => !scenes.has(scene));
    if (!unknown) continue;
    faults.push({ file: `tours/${id}.yaml`, line: 1, code: 'scene', detail: unknown.scene });
    tours.delete(id);
  }
}

function checkRules(rules: Layouts['rules'], walls: Layouts['walls'], scenes: Layouts['scenes'], faults: LayoutFault[]): void {
  for (const [id, { scene, compose }] of rules) {
    const wall = [...(scene?.walls ?? []), ...Object.keys(compose?.walls ?? {})].find((name) => !walls.has(name));
    const outside = Object.entries(compose?.walls ?? {}).find(([name, { zone }]) => !isInside(zone, [walls.get(name)?.width ?? 0, walls.get(name)?.height ?? 0]));
    const isUnknown = scene !== undefined && !scenes.has(scene.scene);
    if (wall === undefined && !outside && !isUnknown) continue;
    faults.push({ file: `rules/${id}.yaml`, line: 1, code: isUnknown ? 'scene' : outside && wall === undefined ? 'outside' : 'rule', detail: isUnknown ? scene.scene : (wall ?? outside?.[0] ?? '') });
    rules.delete(id);
  }
}

function checkSalvos(salvos: Layouts['salvos'], walls: Layouts['walls'], faults: LayoutFault[]): void {
  for (const [id, { walls: zones }] of salvos) {
    const wrong = Object.entries(zones).find(([wall, zone]) => !isInside(zone, [walls.get(wall)?.width ?? 0, walls.get(wall)?.height ?? 0]));
    if (!wrong) continue;
    faults.push({ file: `salvos/${id}.yaml`, line: 1, code: walls.has(wrong[0]) ? 'outside' : 'rule', detail: wrong[0] });
    salvos.delete(id);
  }
}

/** Reads the whole folder. A file with a fault never fails the others, and keeps its version in `before`. Files that begin with `_` are templates. `edited` scenes stand in for files of the same name; `places` says which units and cameras there are, `settings` what widgets may be told. */
export async function loadLayouts(folder: string, before?: Layouts, edited: ReadonlyMap<string, Scene> = new Map(), places: Pick<Known, 'hasUnit' | 'hasCamera'> = {}, settings: WidgetSettings = new Map()): Promise<Layouts> {
  const widgets = new Set(JSON.parse(await readFile(join(folder, 'widgets.json'), 'utf8')) as string[]);
  const told: Pick<Layouts, 'faults' | 'upgraded'> = { faults: [], upgraded: [] };
  const { faults } = told;
  const known: Good = { wall: before?.walls ?? new Map(), scene: before?.scenes ?? new Map(), tour: before?.tours ?? new Map(), rule: before?.rules ?? new Map(), salvo: before?.salvos ?? new Map(), stage: before?.stages ?? new Map(), scenario: before?.scenarios ?? new Map() };
  const walls = (await readKind(folder, 'wall', widgets, known.wall, told)) as Layouts['walls'];
  const checkDrawing = (scene: unknown, say: Say): void => {
    checkLegible(scene as Scene, walls.values(), say);
    checkSettings(scene as Scene, settings, say);
  };
  const scenes = (await readKind(folder, 'scene', widgets, known.scene, told, checkDrawing)) as Layouts['scenes'];
  for (const [id, scene] of edited) scenes.set(id, scene);
  const tours = (await readKind(folder, 'tour', widgets, known.tour, told)) as Layouts['tours'];
  const rules = (await readKind(folder, 'rule', widgets, known.rule, told)) as Layouts['rules'];
  const salvos = (await readKind(folder, 'salvo', widgets, known.salvo, told)) as Layouts['salvos'];
  const stages = (await readKind(folder, 'stage', widgets, known.stage, told)) as Layouts['stages'];
  const here: Known = { scenes: new Map([...stages, ...scenes]), widgets, ...places };
  const scenarios = (await readKind(folder, 'scenario', widgets, known.scenario, told, (scenario, say) => checkScenario(scenario as Scenario, here, say))) as Layouts['scenarios'];
  checkTours(tours, scenes, faults);
  checkRules(rules, walls, scenes, faults);
  checkSalvos(salvos, walls, faults);
  return { walls, scenes, tours, rules, salvos, stages, scenarios, widgets, ...told };
}
