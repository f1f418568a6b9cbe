import type { CollectionPort } from '../ports/collections.ts';
import type { Scope } from '../scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { mayWatchGroups, type GroupRight } from './groupRights.ts';

/** Whether a party may watch a camera, asked for every segment of every picture. */
export interface CameraRights {
  maySee(camera: string, scope: Scope): Promise<boolean>;
}

export interface CameraRightsDeps {
  collections: Pick<CollectionPort, 'get'>;
  clock: Pick<Clock, 'realNow'>;
  groupsOf(camera: string): readonly string[];
  /** Groups that are not for everyone, as they are now. */
  groupRights(): readonly GroupRight[];
}

const TRUST_MS = 2000;
const REMEMBERED = 20_000;

/** A party that sees every unit is not looked up; others are asked again after two seconds, so that a player loses its next segment well within five. */
export function createCameraRights({ collections, clock, groupsOf, groupRights }: CameraRightsDeps): CameraRights {
  const answers = new Map<string, { at: number; isSeen: boolean }>();

  const isInUnits = async (camera: string, scope: Scope): Promise<boolean> => {
    if (scope.units === null) return true;
    const key = `${scope.principal.kind} ${scope.principal.id} ${camera}`;
    const now = clock.realNow();
    const known = answers.get(key);
    if (known && now - known.at < TRUST_MS) return known.isSeen;
    const found = await collections.get('cameras', camera, scope);
    if (answers.size >= REMEMBERED) answers.clear();
    answers.set(key, { at: now, isSeen: found.ok });
    return found.ok;
  };

  return {
    async maySee(camera, scope) {
      return mayWatchGroups(groupsOf(camera), groupRights(), scope.principal) && (await isInUnits(camera, scope));
    },
  };
}
