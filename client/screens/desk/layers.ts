/** What the map of the desk can show besides the ground. */
export const LAYERS = ['alerts', 'feedback', 'traffic', 'streets', 'vehicles', 'cameras', 'sensors', 'red'] as const;
export type LayerName = (typeof LAYERS)[number];

const CHOICE = 'toan-canh.desk.layers';
const FIRST: Record<LayerName, boolean> = { alerts: true, feedback: true, traffic: true, streets: true, vehicles: true, cameras: true, sensors: false, red: false };

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** The layers this person left switched on; the usual ones at first and after anything unreadable. */
export function readLayers(shelf: Shelf): Record<LayerName, boolean> {
  const on = shelf.getItem(CHOICE)?.split(',');
  if (!on) return { ...FIRST };
  return Object.fromEntries(LAYERS.map((name) => [name, on.includes(name)])) as Record<LayerName, boolean>;
}

export const keepLayers = (shelf: Shelf, layers: Readonly<Record<LayerName, boolean>>): void => shelf.setItem(CHOICE, LAYERS.filter((name) => layers[name]).join(','));
