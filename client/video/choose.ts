import type { CameraState } from '#contract/topics/camera.ts';

/** The chosen cameras in their order, else the first of the register by name. */
export function chosenCameras(cameras: readonly CameraState[], chosen: readonly string[] | undefined, most: number): CameraState[] {
  const byName = [...cameras].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  const asked = chosen?.flatMap((id) => cameras.find((camera) => camera.id === id) ?? []);
  return (asked ?? byName).slice(0, most);
}

/** One word for several pictures: live while any of them is. */
export function worstOf<State extends string>(states: readonly State[]): State | 'live' | 'loading' {
  if (states.includes('live' as State)) return 'live';
  return states.find((state) => state !== 'loading') ?? 'loading';
}
