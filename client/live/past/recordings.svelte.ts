import { SvelteMap } from 'svelte/reactivity';
import type { Api } from '../api.ts';

/** Where recorded pictures of a camera can be played from. */
export interface Recordings {
  /** Address of the recording of that moment; null when there is none or nobody answered yet. */
  of(camera: string, at: number): string | null;
  /** Another moment is shown: what was found says nothing any more. */
  forget(): void;
}

/** Asks once per camera and moment sought. */
export function createRecordings(api: Api): Recordings {
  const found = new SvelteMap<string, string | null>();
  const asked = new Set<string>();
  const ask = async (camera: string, at: number) => {
    const answer = await api.get<{ url: string }>(`/api/v1/cameras/${encodeURIComponent(camera)}/recording?at=${Math.floor(at)}`);
    if (asked.has(camera)) found.set(camera, answer.ok ? answer.value.url : null);
  };
  return {
    of(camera, at) {
      if (!asked.has(camera)) {
        asked.add(camera);
        queueMicrotask(() => void ask(camera, at));
      }
      return found.get(camera) ?? null;
    },
    forget() {
      asked.clear();
      found.clear();
    },
  };
}
