import type { WidgetSource } from '../source.ts';
import type { CameraPast } from './cameraFilm.ts';

/** Where the picture of a camera comes from: the live one, or what was recorded of it. Never a live picture in the past. */
export const cameraAddress = ({ past }: Pick<WidgetSource, 'past'>, camera: string): string | CameraPast => past?.recordings.of(camera) ?? `/media/${camera}/index.m3u8`;
