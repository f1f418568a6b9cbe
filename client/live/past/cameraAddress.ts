import type { WidgetSource } from '../source.ts';
import type { TileFacts } from '../widget.ts';

/** Where the picture of a camera comes from: the live one, the recording of the moment shown, or null when nothing was recorded. Never a live picture in the past. */
export const cameraAddress = ({ past }: Pick<WidgetSource, 'past'>, camera: string): string | null =>
  past ? past.recordings.of(camera, past.at) : `/media/${camera}/index.m3u8`;

/** Facts of a tile of cameras: in the past, without a recording, its pictures are lost. */
export function pictureFacts(facts: TileFacts, source: WidgetSource, cameras: readonly { id: string }[]): TileFacts {
  const hasNone = source.past !== null && facts.state === 'live' && cameras.every(({ id }) => cameraAddress(source, id) === null);
  return hasNone ? { ...facts, state: 'lost' } : facts;
}
