import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

const MOST = 6;

/** The chosen cameras in their order, else the first of the register by name. */
export function chosenCameras(cameras: readonly CameraState[], { cameras: chosen, most = MOST }: Settings): CameraState[] {
  const byName = [...cameras].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  const asked = chosen?.flatMap((id) => cameras.find((camera) => camera.id === id) ?? []);
  return (asked ?? byName).slice(0, most);
}

/** One word for several pictures: live while any of them is. */
export function worstOf<State extends string>(states: readonly State[]): State | 'live' | 'loading' {
  if (states.includes('live' as State)) return 'live';
  return states.find((state) => state !== 'loading') ?? 'loading';
}
