import { createMediaLine } from '../../../client/live/mediaLine.ts';
import type { PlayerMode } from '../../../client/video/hlsSettings.ts';
import { createPlayer, type Player } from '../../../client/video/player.ts';
import { readFrameStrip } from '../../../server/media/frameStrip.ts';

/** What the bench calls in the page. */
export interface CameraBench {
  /** Resolves with the time from the first start to every first picture. Units: ms. */
  start(cameras: readonly string[], mode: PlayerMode): Promise<number[]>;
  /** How old each picture is, read from its pixels. Units: ms; NaN where the strip can not be read. */
  ages(fps: number, wrap: number): number[];
  /** What each tile says, in the order of their start. */
  tiles(): { state: string; width: number }[];
  counts(): { frames: number; dropped: number; stalls: number; live: number };
  stop(): void;
}

const [WIDTH, HEIGHT] = [640, 360];
const line = createMediaLine({ origin: location.origin });
const surface = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d', { willReadFrequently: true })!;
const tiles: { video: HTMLVideoElement; player: Player }[] = [];
let stalls = 0;

function open(camera: string, mode: PlayerMode, side: number): Promise<number> {
  const video = document.createElement('video');
  video.style.cssText = `inline-size: ${Math.floor(1280 / side)}px; block-size: ${Math.floor(720 / side)}px`;
  document.body.append(video);
  const startedAt = performance.now();
  const shown = new Promise<number>((resolve) => void video.requestVideoFrameCallback(() => resolve(performance.now() - startedAt)));
  tiles.push({ video, player: createPlayer({ video, src: `/media/${camera}/index.m3u8`, mode, line, onState: () => undefined }) });
  void shown.then(() => video.addEventListener('waiting', () => void (stalls += 1)));
  return shown;
}

const bench: CameraBench = {
  async start(cameras, mode) {
    stalls = 0;
    const side = Math.ceil(Math.sqrt(cameras.length));
    return Promise.all(cameras.map((camera) => open(camera, mode, side)));
  },
  ages: (fps, wrap) =>
    tiles.map(({ video }) => {
      if (video.videoWidth === 0) return Number.NaN;
      surface.drawImage(video, 0, 0, WIDTH, HEIGHT);
      const { data } = surface.getImageData(0, HEIGHT - 8, WIDTH, 8);
      const index = readFrameStrip((x, y) => data[((y - (HEIGHT - 8)) * WIDTH + x) * 4 + 1]!);
      const now = (Date.now() * fps) / 1000;
      return index === undefined ? Number.NaN : ((((now - index) % wrap) + wrap) % wrap) * (1000 / fps);
    }),
  tiles: () => tiles.map(({ video, player }) => ({ state: player.truth().state, width: video.videoWidth })),
  counts() {
    const qualities = tiles.map(({ video }) => video.getVideoPlaybackQuality());
    const sum = (of: (quality: VideoPlaybackQuality) => number) => qualities.reduce((total, quality) => total + of(quality), 0);
    return { frames: sum((quality) => quality.totalVideoFrames), dropped: sum((quality) => quality.droppedVideoFrames), stalls, live: tiles.filter(({ player }) => player.truth().state === 'live').length };
  },
  stop() {
    for (const { video, player } of tiles.splice(0)) {
      player.close();
      video.remove();
    }
  },
};

Object.assign(window, { bench });
