import type { Translate } from '../../ui/i18n/text.ts';
import type { Language } from '../../ui/i18n/text.ts';
import type { Desk } from './desk.svelte.ts';
import { LAYERS, type LayerName } from './layers.ts';
import type { texts } from './texts.ts';
import type { WallDesk } from './wallDesk.svelte.ts';

/** One line of the command palette. */
export interface PaletteEntry {
  id: string;
  group: 'do' | 'scene' | 'wall' | 'screen' | 'layer' | 'alert' | 'camera';
  label: string;
  hint?: string;
  /** Changes work or the picture of a wall, which is done in the present alone. */
  isWork?: boolean;
  /** Why it can not be done now. */
  off?: string;
  run: () => void;
}

/** What the palette can reach beyond the desk and the wall. */
export interface Reach {
  desk: Desk;
  wall: WallDesk;
  t: Translate<keyof (typeof texts)['vi']>;
  language: Language;
  toggleLayer: (layer: LayerName) => void;
  acknowledge: () => void;
  toWall: () => void;
  search: () => void;
  look: (way: 'back' | 'now') => void;
  help: () => void;
  visit: (path: string) => void;
}

const SCREENS = ['/', '/duty', '/inbox', '/coordination', '/cameras', '/cases', '/reports', '/leader', '/present', '/share', '/system', '/admin'] as const;
const FLAGS = ['blank', 'freeze', 'identify'] as const;

/** Everything the desk can do or go to, deeds first. */
export function paletteOf({ desk, wall, t, language, ...reach }: Reach): PaletteEntry[] {
  const state = wall.present;
  const isOn = { blank: state?.blank ?? false, freeze: (state?.frozenAt ?? null) !== null, identify: state?.identify ?? false };
  const act = (id: string, label: string, run: () => unknown, hint?: string): PaletteEntry => ({ id, group: 'do', label, run: () => void run(), ...(hint ? { hint } : {}) });
  const work = (...entry: Parameters<typeof act>): PaletteEntry => ({ ...act(...entry), isWork: true });
  return [
    ...(desk.alert?.state === 'raised' ? [work('acknowledge', `${t('deed-acknowledge')}: ${desk.alert.title}`, reach.acknowledge, 'A')] : []),
    ...(desk.picked ? [work('to-wall', t('toWall'), reach.toWall, 'W')] : []),
    act('search', t('searchMap'), reach.search, '/'),
    act('take', t('take'), () => wall.take(false)),
    act('release', t('release'), () => wall.release()),
    act('replay', t('key-replay'), () => reach.look('back'), 'O'),
    act('live', t('key-live'), () => reach.look('now'), 'I'),
    work('undo', t('undo'), () => wall.act({ do: 'undo' }), 'Z'),
    work('return', t('return'), () => wall.act({ do: 'return' })),
    ...FLAGS.map((flag) => (flag === 'freeze' ? work : act)(flag, t(flag), () => wall.act({ do: flag, on: !isOn[flag] }))),
    work('hold-tour', t('holdTour'), () => wall.holdTour(), 'Space'),
    act('help', t('help'), reach.help, '?'),
    ...wall.scenes.map((scene): PaletteEntry => ({ id: `scene-${scene.id}`, group: 'scene', isWork: true, label: scene.name[language], run: () => void wall.act({ do: 'scene', scene: scene.id }) })),
    ...wall.ownSalvos.map((salvo): PaletteEntry => ({ id: `salvo-${salvo.id}`, group: 'scene', isWork: true, label: salvo.name[language], ...(salvo.key === undefined ? {} : { hint: `Shift ${salvo.key}` }), run: () => void wall.act({ do: 'salvo', salvo: salvo.id }) })),
    ...wall.tours.map((tour): PaletteEntry => ({ id: `tour-${tour.id}`, group: 'scene', isWork: true, label: t('tourStart', { name: tour.name[language] }), run: () => void wall.act({ do: 'tour', tour: tour.id }) })),
    ...wall.walls.map((one): PaletteEntry => ({ id: `wall-${one.id}`, group: 'wall', label: one.name[language], run: () => wall.choose(one.id) })),
    ...SCREENS.map((path): PaletteEntry => ({ id: `screen-${path}`, group: 'screen', label: t(`screen-${path}`), hint: path, run: () => reach.visit(path) })),
    ...LAYERS.map((layer): PaletteEntry => ({ id: `layer-${layer}`, group: 'layer', label: t(`layer-${layer}`), run: () => reach.toggleLayer(layer) })),
    ...desk.alerts.map((alert): PaletteEntry => ({ id: `alert-${alert.id}`, group: 'alert', label: alert.title, hint: alert.id, run: () => desk.pick('alert', alert.id) })),
    ...desk.live.topic('camera').items.map((camera): PaletteEntry => ({ id: `camera-${camera.id}`, group: 'camera', label: camera.name, hint: camera.id, run: () => desk.pick('camera', camera.id) })),
  ];
}
