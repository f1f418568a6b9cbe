import type { CameraState } from '../topics/camera.ts';

/** What the choice of cameras looks at. */
type Choosable = Pick<CameraState, 'id' | 'name' | 'streams'>;

/** The chosen cameras in their order, else the first of the register by name; those without a stream come after all others. */
export function shownCameras<C extends Choosable>(cameras: readonly C[], chosen: readonly string[] | undefined, most: number): C[] {
  const rank = ({ streams }: C): number => (streams.length > 0 ? 0 : 1);
  const all = chosen ? chosen.flatMap((id) => cameras.find((camera) => camera.id === id) ?? []) : cameras.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'vi'));
  return all.slice(0, most);
}
