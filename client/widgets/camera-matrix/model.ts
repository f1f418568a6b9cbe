import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

const MOST = 9;

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

/** Columns and rows that give pictures of 16:9 the most room. */
export function gridOf(count: number, aspect: number): { columns: number; rows: number } {
  let best = { columns: 1, rows: Math.max(1, count), size: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const size = Math.min(aspect / columns / (16 / 9), 1 / rows);
    if (size > best.size - 1e-9) best = { columns, rows, size };
  }
  return { columns: best.columns, rows: best.rows };
}
