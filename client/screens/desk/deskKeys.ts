import type { Deed } from './deeds.ts';

/** What a key of the desk does. */
export type DeskAct =
  | 'search' | 'go' | 'acknowledge' | 'to-wall' | 'hold-tour' | 'undo-wall' | 'next' | 'previous' | 'help' | 'close'
  | 'mark' | 'mark-all' | 'unfold' | 'silence' | 'procedure' | 'tabs' | 'replay' | 'live';

export interface DeskKey {
  /** Stroke as `ui/keyboard` names it: by the key's place, whatever the input method writes. */
  stroke: string;
  /** How the key is shown. */
  cap: string;
  act: DeskAct;
}

/** A key that starts the first of its deeds that is possible now. */
export interface DeedKey {
  stroke: string;
  cap: string;
  deeds: readonly Deed[];
}

/** Every key of the desk that is no deed, in the order the help shows them. */
export const DESK_KEYS: readonly DeskKey[] = [
  { stroke: 'Slash', cap: '/', act: 'search' },
  { stroke: 'KeyG', cap: 'G', act: 'go' },
  { stroke: 'Ctrl+KeyK', cap: 'Ctrl K', act: 'go' },
  { stroke: 'KeyJ', cap: 'J', act: 'next' },
  { stroke: 'KeyK', cap: 'K', act: 'previous' },
  { stroke: 'KeyH', cap: 'H', act: 'tabs' },
  { stroke: 'KeyF', cap: 'F', act: 'unfold' },
  { stroke: 'KeyB', cap: 'B', act: 'mark' },
  { stroke: 'Shift+KeyB', cap: 'Shift B', act: 'mark-all' },
  { stroke: 'KeyA', cap: 'A', act: 'acknowledge' },
  { stroke: 'KeyQ', cap: 'Q', act: 'procedure' },
  { stroke: 'KeyU', cap: 'U', act: 'silence' },
  { stroke: 'KeyW', cap: 'W', act: 'to-wall' },
  { stroke: 'Space', cap: 'Space', act: 'hold-tour' },
  { stroke: 'KeyZ', cap: 'Z', act: 'undo-wall' },
  { stroke: 'KeyO', cap: 'O', act: 'replay' },
  { stroke: 'KeyI', cap: 'I', act: 'live' },
  { stroke: 'Escape', cap: 'Esc', act: 'close' },
  { stroke: 'Shift+Slash', cap: '?', act: 'help' },
];

/** Keys of deeds, in the order the help shows them. */
export const DEED_KEYS: readonly DeedKey[] = [
  { stroke: 'KeyP', cap: 'P', deeds: ['assign'] },
  { stroke: 'KeyC', cap: 'C', deeds: ['comment'] },
  { stroke: 'KeyS', cap: 'S', deeds: ['shelve', 'confirm-shelve', 'propose-shelve', 'unshelve'] },
  { stroke: 'KeyL', cap: 'L', deeds: ['escalate'] },
  { stroke: 'KeyM', cap: 'M', deeds: ['mark-repeat', 'unmark-repeat', 'split'] },
  { stroke: 'KeyN', cap: 'N', deeds: ['nudge'] },
  { stroke: 'KeyE', cap: 'E', deeds: ['explain'] },
  { stroke: 'KeyV', cap: 'V', deeds: ['verify'] },
  { stroke: 'KeyX', cap: 'X', deeds: ['refuse'] },
  { stroke: 'KeyT', cap: 'T', deeds: ['answer'] },
  { stroke: 'KeyR', cap: 'R', deeds: ['reject', 'reopen'] },
  { stroke: 'KeyD', cap: 'D', deeds: ['close'] },
  { stroke: 'KeyY', cap: 'Y', deeds: ['recategorise'] },
];

/** The key of a deed as it is shown, or undefined. */
export const capOf = (deed: Deed): string | undefined => (deed === 'acknowledge' ? 'A' : DEED_KEYS.find(({ deeds }) => deeds.includes(deed))?.cap);

/** The one after (or before) a selected id in a list; the first when nothing of the list is selected. */
export function neighbourOf(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
