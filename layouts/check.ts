import { Compile } from 'typebox/compile';
import { isMap, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { Scenario } from '#contract/scenario.ts';
import type { Rect, Salvo, Scene, Tile, Tour, WallProfile } from '#contract/wall.ts';
import type { WallRule } from '#contract/wallRule.ts';
import { intersect, isInside, type Size } from './rects.ts';
import { LAYOUT_KINDS, type LayoutKind } from './schema.ts';
import { upgradeLayout, type Upgrade } from './upgrade.ts';
import { wholeLayout } from './variants.ts';

/** What is wrong with a file. Shape: `code` names a text in `text.vi.json` and `text.en.json`; `detail` fills its gap. Units: lines from 1. */
export interface LayoutFault {
  file: string;
  line: number;
  code: 'yaml' | 'version' | 'layer' | 'unit' | 'camera' | 'clock' | 'random' | 'item' | 'step' | 'tile' | 'schema' | 'name' | 'duplicate' | 'outside' | 'overlap' | 'widget' | 'scene' | 'rule' | 'zone' | 'illegible' | 'settings';
  detail: string;
}

interface LayoutValues {
  wall: WallProfile;
  scene: Scene;
  tour: Tour;
  rule: WallRule;
  salvo: Salvo;
  stage: Scene;
  scenario: Scenario;
}

/** Where in a file something stands. */
export type Path = (string | number)[];
/** Tells a fault of a file. */
export type Say = (path: Path, code: LayoutFault['code'], detail: string) => void;

const VALIDATORS = Object.fromEntries(Object.entries(LAYOUT_KINDS).map(([kind, { schema }]) => [kind, Compile(schema)])) as Record<LayoutKind, ReturnType<typeof Compile>>;

const pathOf = (pointer: string): Path =>
  pointer.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path[depth - 1]);
      const range = pair && isScalar(pair.key) ? pair.key.range : undefined;
      if (range) return lines.linePos(range[0]).line;
    }
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function checkBoxes(boxes: readonly { id: string; rect: Rect }[], size: Size, at: Path, say: Say): void {
  boxes.forEach((box, index) => {
    const path = [...at, index];
    if (boxes.findIndex(({ id }) => id === box.id) < index) say([...path, 'id'], 'duplicate', box.id);
    if (!isInside(box.rect, size)) say([...path, 'rect'], 'outside', box.id);
    for (const other of boxes.slice(0, index)) if (intersect(box.rect, other.rect)) say([...path, 'rect'], 'overlap', `${box.id}, ${other.id}`);
  });
}

function checkTiles(tiles: readonly Tile[], size: Size, at: Path, widgets: ReadonlySet<string>, say: Say): void {
  checkBoxes(tiles, size, at, say);
  tiles.forEach((tile, index) => {
    if (!widgets.has(tile.widget)) say([...at, index, 'widget'], 'widget', tile.widget);
  });
}

function checkScene(scene: Scene, widgets: ReadonlySet<string>, say: Say): void {
  checkTiles(scene.tiles, scene.size, ['tiles'], widgets, say);
  for (const [name, variant] of Object.entries(scene.variants ?? {})) checkTiles(variant.tiles, variant.size, ['variants', name, 'tiles'], widgets, say);
}

const RULES: { [K in LayoutKind]: (value: LayoutValues[K], widgets: ReadonlySet<string>, say: Say) => void } = {
  wall(wall, _widgets, say) {
    const zones = wall.zones ?? [];
    checkBoxes(wall.outputs, [wall.width, wall.height], ['outputs'], say);
    checkBoxes(zones, [wall.width, wall.height], ['zones'], say);
    wall.grants?.forEach((grant, index) => grant.zones?.forEach((zone, nth) => zones.some(({ id }) => id === zone) || say(['grants', index, 'zones', nth], 'zone', zone)));
  },
  scene: checkScene,
  stage: checkScene,
  scenario() {},
  tour() {},
  salvo(salvo, _widgets, say) {
    if (!salvo.cameras && !salvo.near) say(['id'], 'rule', 'cameras | near');
  },
  rule({ when, scene, compose }, _widgets, say) {
    if ((when.event === 'alert') !== (compose !== undefined)) say(['when'], 'rule', 'alert ↔ compose');
    if ((when.event === 'alert') === (scene !== undefined)) say(['when'], 'rule', `${when.event} ↔ scene`);
    for (const [wall, { zone, tiles }] of Object.entries(compose?.walls ?? {})) {
      const boxes = tiles.map(({ part, rect }) => ({ id: part, rect }));
      checkBoxes(boxes, [zone.width, zone.height], ['compose', 'walls', wall, 'tiles'], say);
    }
  },
};

/** A file as it was read. `upgrade` is there for one of an older version, which stands in `value` in today's form. */
export interface ReadLayout<K extends LayoutKind> {
  value?: LayoutValues[K];
  faults: LayoutFault[];
  upgrade?: Upgrade;
}

/** Reads one file of a kind, whatever known version it has; `more` looks at what other files must hold. Fails: every fault found, with file and line; then there is no value. */
export function readLayout<K extends LayoutKind>(kind: K, file: string, text: string, widgets: ReadonlySet<string>, more?: (value: LayoutValues[K], say: Say) => void): ReadLayout<K> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const faults: LayoutFault[] = document.errors.map((error) => ({ file, line: error.linePos?.[0].line ?? 1, code: 'yaml', detail: error.message.split('\n')[0] ?? '' }));
  visit(document, { Alias: (_key, { source, range }) => void faults.push({ file, line: lines.linePos(range?.[0] ?? 0).line, code: 'yaml', detail: `*${source}` }) });
  if (faults.length > 0) return { faults };
  const say: Say = (path, code, detail) => void faults.push({ file, line: lineOf(document, lines, path), code, detail });
  const upgrade = upgradeLayout(kind, document);
  if (upgrade && upgrade.from > upgrade.to) {
    say(['schema'], 'version', `${upgrade.from} > ${upgrade.to}`);
    return { faults };
  }
  const written: unknown = document.toJS();
  const validator = VALIDATORS[kind];
  if (!validator.Check(written)) {
    for (const error of validator.Errors(written).slice(0, 10)) say(pathOf(error.instancePath), 'schema', `${error.instancePath || '/'} ${error.message}`);
    return { faults };
  }
  const checked = wholeLayout(kind, written, say) as LayoutValues[K];
  if (faults.length > 0) return { faults };
  const stem = file.replace(/^.*\//, '').replace(/\.yaml$/, '');
  if (checked.id !== stem.replace(/^_/, '')) say(['id'], 'name', checked.id);
  RULES[kind](checked, widgets, say);
  more?.(checked, say);
  return faults.length > 0 ? { faults } : { value: checked, faults, ...(upgrade && { upgrade }) };
}
