/** Keys by their place on the keyboard (`event.code`), so a Vietnamese input method changes nothing. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Inputs nothing is written into. */
const HANDLES = 'input:is([type=range], [type=checkbox], [type=radio], [type=file])';
const MOVES = /^(Arrow\w+|Page(Up|Down)|Home|End)$/;

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && !target.matches(HANDLES)));

/** Space and Enter on a control are that control's own, and so is what moves a handle. */
const isOwn = ({ code, target }: KeyboardEvent): boolean =>
  target instanceof Element && (((code === 'Space' || code === 'Enter') && target.closest(`button, a, [role=option], summary, ${HANDLES}`) !== null) || (MOVES.test(code) && target.matches(HANDLES)));

/** Name of a stroke: modifiers in a fixed order, then the code, e.g. `Shift+Slash`. */
export const strokeOf = (event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string =>
  [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', event.code].filter(Boolean).join('+');

/** Listens for shortcuts; silent while composing, and in a field but for the strokes that write nothing there. Returns the way to stop. */
export function listenKeys(target: Pick<Window, 'addEventListener' | 'removeEventListener'>, shortcuts: Shortcuts, alsoInFields: readonly string[] = []): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const stroke = strokeOf(event);
    if (event.isComposing || event.defaultPrevented || (isWriting(event.target) && !alsoInFields.includes(stroke)) || isOwn(event)) return;
    if (!Object.hasOwn(shortcuts, stroke)) return;
    event.preventDefault();
    shortcuts[stroke]?.(event);
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}
