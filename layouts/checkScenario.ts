import { Compile } from 'typebox/compile';
import type { Condition, Inject, Need, Scenario, Step } from '#contract/scenario.ts';
import { TOPICS } from '#contract/topics.ts';
import type { Scene } from '#contract/wall.ts';
import { cameraRefsIn } from './bound.ts';
import type { Path, Say } from './check.ts';
import { itemAt } from './injects.ts';
import layers from './layers.json' with { type: 'json' };

/** What the rest of the product has, for a scenario to stand on. A question that can not be asked yet is left out. */
export interface Known {
  scenes: ReadonlyMap<string, Scene>;
  widgets: ReadonlySet<string>;
  hasUnit?: ((code: string) => boolean) | undefined;
  hasCamera?: ((ref: string) => boolean) | undefined;
}

/** Any moment will do to see whether the door would take an item. */
const SOME_MOMENT = Date.UTC(2026, 0, 15, 3);
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;
const CLOCK_TIME = /\b(19|20)\d\d-\d\d-\d\d([T ]\d\d:\d\d)?|\bnow\s*\(|\bDate\./;
const CHANCE = /\b(random|rand|uuid|shuffle)\w*\s*\(|\$\{\s*random/i;
const OLDEST_EPOCH_MS = 1e11;
const door = Object.fromEntries(Object.entries(TOPICS).map(([name, topic]) => [name, Compile(topic.item)]));

function checkPlain(value: unknown, path: Path, say: Say): void {
  if (typeof value === 'number' && value > OLDEST_EPOCH_MS) say(path, 'clock', String(value));
  if (typeof value === 'string' && CLOCK_TIME.test(value)) say(path, 'clock', value.slice(0, 60));
  if (typeof value === 'string' && CHANCE.test(value)) say(path, 'random', value.slice(0, 60));
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) checkPlain(inner, [...path, Array.isArray(value) ? Number(name) : name], say);
}

function checkInject(inject: Inject, path: Path, { hasUnit, hasCamera }: Known, say: Say): void {
  for (const field of ['at', 'key', 'ref', 'provenance']) if (field in inject.item) say([...path, 'item', field], field === 'at' ? 'clock' : 'item', field);
  checkPlain(inject.item, [...path, 'item'], say);
  checkPlain(inject.scatter?.vary, [...path, 'scatter', 'vary'], say);
  const samples = Object.entries(inject.scatter?.vary ?? {}).flatMap(([field, values]) => values.map((value) => ({ ...inject.item, [field]: value })));
  for (const sample of [inject.item, ...samples]) {
    const item = { key: 'k', at: SOME_MOMENT, ...itemAt(sample, SOME_MOMENT) };
    const validator = door[inject.topic];
    if (!validator || validator.Check(item)) continue;
    const [flaw] = validator.Errors(item);
    say([...path, 'item'], 'item', `${flaw?.instancePath || '/'} ${flaw?.message ?? ''}`);
    break;
  }
  const { unit, cameraKey } = inject.item as { unit?: string; cameraKey?: string };
  if (unit !== undefined && hasUnit?.(unit) === false) say([...path, 'item', 'unit'], 'unit', unit);
  if (cameraKey !== undefined && hasCamera?.(cameraKey) === false) say([...path, 'item', 'cameraKey'], 'camera', cameraKey);
}

function checkNeeds(needs: readonly Need[] | undefined, path: Path, { hasUnit, hasCamera }: Known, say: Say): void {
  needs?.forEach(({ what, refs, codes }, index) => {
    if (what === 'cameras') refs?.forEach((ref, nth) => hasCamera?.(ref) === false && say([...path, index, 'refs', nth], 'camera', ref));
    if (what === 'units') codes?.forEach((code, nth) => hasUnit?.(code) === false && say([...path, index, 'codes', nth], 'unit', code));
  });
}

const tilesOf = (scene: Scene): ReadonlySet<string> => new Set([scene, ...Object.values(scene.variants ?? {})].flatMap((drawing) => drawing.tiles.map(({ id }) => id)));

function checkPut(put: Step['put'], tiles: ReadonlySet<string>, { widgets, hasCamera }: Known, path: Path, say: Say): void {
  for (const [tile, { widget, settings }] of Object.entries(put ?? {})) {
    if (!tiles.has(tile)) say([...path, tile], 'tile', tile);
    if (!widgets.has(widget)) say([...path, tile, 'widget'], 'widget', widget);
    for (const ref of cameraRefsIn(settings)) if (hasCamera?.(ref) === false) say([...path, tile, 'settings'], 'camera', ref);
  }
}

function checkTilesOf(step: Step, path: Path, known: Known, say: Say): void {
  const { scenes, hasCamera } = known;
  const scene = scenes.get(step.scene);
  if (!scene) return say([...path, 'scene'], 'scene', step.scene);
  const tiles = tilesOf(scene);
  checkPut(step.put, tiles, known, [...path, 'put'], say);
  if (step.cameras && !tiles.has(step.cameras.tile)) say([...path, 'cameras', 'tile'], 'tile', step.cameras.tile);
  step.cameras?.refs?.forEach((ref, nth) => hasCamera?.(ref) === false && say([...path, 'cameras', 'refs', nth], 'camera', ref));
  if (step.spotlight !== undefined && !tiles.has(step.spotlight)) say([...path, 'spotlight'], 'tile', step.spotlight);
  for (const name of ['fallback', 'onRealData'] as const) {
    const instead = step[name];
    const other = instead?.scene === undefined ? scene : scenes.get(instead.scene);
    if (!other) say([...path, name, 'scene'], 'scene', instead?.scene ?? '');
    else checkPut(instead?.put, tilesOf(other), known, [...path, name, 'put'], say);
  }
  for (const layer of Object.keys(step.layers ?? {})) if (!layers.includes(layer)) say([...path, 'layers', layer], 'layer', layer);
}

/** Everything a scenario may get wrong beyond its form: order, names it uses, wall-clock time, chance without a seed. Fails: told by `say` with the place in the file. */
export function checkScenario(scenario: Scenario, known: Known, say: Say): void {
  const { steps, clock, seed } = scenario;
  if (!HOUR.test(clock.starts)) say(['clock', 'starts'], 'clock', clock.starts);
  checkNeeds(scenario.needs, ['needs'], known, say);
  const sent = new Set<string>();
  const checks = new Set<string>();
  const isKnown = (condition: Condition | undefined, path: Path) => {
    if (condition && !sent.has(condition.ref)) say(path, 'step', condition.ref);
    for (const unit of condition?.units ?? []) if (known.hasUnit?.(unit) === false) say([...path, 'units'], 'unit', unit);
  };
  steps.forEach((step, index) => {
    const path: Path = ['steps', index];
    const before = steps[index - 1];
    if (steps.findIndex(({ id }) => id === step.id) < index) say([...path, 'id'], 'duplicate', step.id);
    if (before ? step.at <= before.at : step.at !== 0) say([...path, 'at'], 'step', `at: ${step.at}`);
    if (step.at >= clock.lengthS) say([...path, 'at'], 'step', `at: ${step.at} ≥ lengthS: ${clock.lengthS}`);
    if (index === 0 && !step.chapter) say([...path, 'id'], 'step', 'chapter');
    if ((step.on === 'condition') !== (step.when !== undefined && step.withinS !== undefined)) say([...path, 'on'], 'step', 'condition ↔ when, withinS');
    isKnown(step.when, [...path, 'when']);
    checkTilesOf(step, path, known, say);
    checkNeeds(step.needs, [...path, 'needs'], known, say);
    step.inject?.forEach((inject, nth) => {
      const place = [...path, 'inject', nth];
      if (sent.has(inject.ref) && inject.scatter) say([...place, 'ref'], 'duplicate', inject.ref);
      sent.add(inject.ref);
      if (inject.scatter && seed === undefined) say([...place, 'scatter'], 'random', inject.ref);
      checkInject(inject, place, known, say);
    });
    step.checks?.forEach((check, nth) => {
      if (checks.has(check.id)) say([...path, 'checks', nth, 'id'], 'duplicate', check.id);
      checks.add(check.id);
      isKnown(check.when, [...path, 'checks', nth, 'when']);
    });
  });
}
