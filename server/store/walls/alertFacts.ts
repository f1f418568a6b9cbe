import type { AlertState } from '#contract/topics/alert.ts';
import type { AlertFacts, FoundCamera } from '#contract/wallRule.ts';
import type { CameraSearchPort, CollectionPort } from '../../domain/ports/collections.ts';
import { wholeScope } from '../../domain/scope.ts';

const CAMERAS_MOST = 8;
const OVER: ReadonlySet<AlertState['state']> = new Set<AlertState['state']>(['verified', 'closed']);

/** Whether an alert still has a claim on the wall. */
export const isOpen = ({ state, shelvedUntil, duplicateOf }: Pick<AlertState, 'state' | 'shelvedUntil' | 'duplicateOf'>, now: number): boolean =>
  !OVER.has(state) && duplicateOf === null && (shelvedUntil ?? 0) <= now;

/** Gathers what a composition needs to know of an alert; undefined when the alert is not known. Cameras that can not be asked for are left out. */
export function createAlertFacts({ collections, cameraSearch, now }: { collections: Pick<CollectionPort, 'get'>; cameraSearch: CameraSearchPort; now: () => number }): (alert: string) => Promise<AlertFacts | undefined> {
  const scope = wholeScope('walls');
  const found = (outcome: Awaited<ReturnType<CameraSearchPort['near']>>): FoundCamera[] =>
    outcome.ok ? outcome.value.map(({ camera, distanceM }) => ({ id: (camera as { id: string }).id, distanceM })) : [];

  return async (alert) => {
    const known = await collections.get('alerts', alert, scope);
    if (!known.ok) return undefined;
    const state = known.value as AlertState;
    const { id, level, kind, title, raisedAt, position } = state;
    const [seeing, near] = position ? await Promise.all([cameraSearch.seeing(position, CAMERAS_MOST, scope), cameraSearch.near(position, CAMERAS_MOST, scope)]).then((both) => both.map(found)) : [];
    return { id, level, kind, title, position, raisedAt, isOpen: isOpen(state, now()), seeing: seeing ?? [], near: near ?? [] };
  };
}
