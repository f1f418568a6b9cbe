import type { LogEntry } from '#contract/entry.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { ScheduledWall, WallProfile } from '#contract/wall.ts';

/** All that a page knew, and when it last heard from the server. */
export interface Kept {
  heardAt: number | null;
  topics: Record<string, readonly LogEntry[]>;
  sensors: readonly SensorState[];
  units: readonly (readonly [code: string, name: string])[];
}

/** What a wall output showed last, kept in the browser for the time the server is away. */
export interface LastPicture extends Kept {
  profile: WallProfile;
  change: ScheduledWall;
}

export interface PictureShelf {
  read(wall: string): Promise<LastPicture | undefined>;
  write(wall: string, picture: LastPicture): Promise<void>;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no pictures'));
  });

export function createPictureShelf(idb: IDBFactory): PictureShelf {
  const open = async (): Promise<IDBDatabase> => {
    const request = idb.open('toan-canh', 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('picture');
    return settled(request);
  };
  return {
    async read(wall) {
      const store = (await open()).transaction('picture').objectStore('picture');
      return settled<LastPicture | undefined>(store.get(wall));
    },
    async write(wall, picture) {
      const store = (await open()).transaction('picture', 'readwrite').objectStore('picture');
      await settled(store.put(picture, wall));
    },
  };
}
