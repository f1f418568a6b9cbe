import type { CollectionPort } from '../ports/collections.ts';
import type { Scope } from '../scope.ts';
import type { Clock } from '../../kernel/clock.ts';

/** Whether a party may watch a camera, asked for every segment of every picture. */
export interface CameraRights {
  maySee(camera: string, scope: Scope): Promise<boolean>;
}

const TRUST_MS = 2000;
const REMEMBERED = 20_000;

/** A party that sees everything is not looked up; others are asked again after two seconds, so that a player loses its next segment well within five. */
export function createCameraRights(collections: CollectionPort, clock: Clock): CameraRights {
  const answers = new Map<string, { at: number; isSeen: boolean }>();
  return {
    async maySee(camera, scope) {
      if (scope.units === null) return true;
      const key = `${scope.principal.kind} ${scope.principal.id} ${camera}`;
      const now = clock.realNow();
      const known = answers.get(key);
      if (known && now - known.at < TRUST_MS) return known.isSeen;
      const found = await collections.get('cameras', camera, scope);
      if (answers.size >= REMEMBERED) answers.clear();
      answers.set(key, { at: now, isSeen: found.ok });
      return found.ok;
    },
  };
}
