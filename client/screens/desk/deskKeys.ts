/** What a key of the desk does. */
export type DeskAct = 'search' | 'go' | 'acknowledge' | 'to-wall' | 'hold-tour' | 'undo-wall' | 'next' | 'previous' | 'help' | 'close';

export interface DeskKey {
  /** Stroke as `ui/keyboard` names it: by the key's place, whatever the input method writes. */
  stroke: string;
  /** How the key is shown. */
  cap: string;
  act: DeskAct;
}

/** Every key of the desk, in the order the help shows them. */
export const DESK_KEYS: readonly DeskKey[] = [
  { stroke: 'Slash', cap: '/', act: 'search' },
  { stroke: 'KeyG', cap: 'G', act: 'go' },
  { stroke: 'Ctrl+KeyK', cap: 'Ctrl K', act: 'go' },
  { stroke: 'KeyJ', cap: 'J', act: 'next' },
  { stroke: 'KeyK', cap: 'K', act: 'previous' },
  { stroke: 'KeyA', cap: 'A', act: 'acknowledge' },
  { stroke: 'KeyW', cap: 'W', act: 'to-wall' },
  { stroke: 'Space', cap: 'Space', act: 'hold-tour' },
  { stroke: 'KeyZ', cap: 'Z', act: 'undo-wall' },
  { stroke: 'Escape', cap: 'Esc', act: 'close' },
  { stroke: 'Shift+Slash', cap: '?', act: 'help' },
];

/** The one after (or before) a selected id in a list; the first when nothing of the list is selected. */
export function neighbourOf(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
