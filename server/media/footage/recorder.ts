import type { Clock } from '../../kernel/clock.ts';
import type { CameraAddresses } from '../cameraAddress.ts';
import type { OpenSource } from '../ffmpegSource.ts';
import { createLivePackager } from '../livePackager.ts';
import type { FilmPiece } from './film.ts';
import { openRtspWay, type RtspWay } from '../rtspWay.ts';
import { openRangeRelay } from './rangeRelay.ts';
import { createFootageRing } from './ring.ts';

/** An existing recorder that plays the past of a camera when asked. Units: epoch ms. */
export interface Recorder {
  /** Pieces of that time; none when the recorder has none or does not answer. */
  read(address: string, from: number, to: number, signal?: AbortSignal): Promise<FilmPiece[]>;
}

const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const digits = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, '');

/** How recorders want a time written. `local` is the wall clock of Đà Nẵng. */
const FORMS: Readonly<Record<string, (at: number) => string>> = {
  iso: (at) => `${digits(at)}Z`,
  basic: (at) => `${digits(at).replace(/[-:]/g, '')}Z`,
  local: (at) => digits(at + VIETNAM_OFFSET_MS).replace('T', ' '),
  underscore: (at) => digits(at + VIETNAM_OFFSET_MS).replace(/[-:T]/g, '_'),
  epoch: (at) => String(Math.floor(at / 1000)),
};
const PLACE = /(?:\{|%7B)(start|end)(?::([a-z]+))?(?:\}|%7D)/gi;

/**
 * The address of a stretch of time: `{start:basic}` and `{end:basic}` in a template are replaced by its ends.
 * Shape: forms are iso, basic (20261122T081500Z), local, underscore (2026_11_22_15_15_00) and epoch; without a form iso.
 */
export function recorderAddress(template: string, from: number, to: number): string {
  return template.replace(PLACE, (all, edge: string, form = 'iso') => {
    const write = FORMS[String(form).toLowerCase()];
    return write ? encodeURIComponent(write(edge.toLowerCase() === 'start' ? from : to)) : all;
  });
}

/** A recorder that begins at all has answered by then; one that has nothing more to send is done. Units: ms. */
const LIMITS = { firstMs: 10_000, silentMs: 4000, lookMs: 250 };

/** Reads recorders over RTSP, at the speed they send: the time stands in the address, or else (ONVIF Profile G) in the request. */
export function createRecorder({ clock, addresses, open }: { clock: Pick<Clock, 'realNow'>; addresses: CameraAddresses; open: OpenSource }): Recorder {
  const wayTo = async (template: string, from: number, to: number): Promise<RtspWay | undefined> => {
    const address = recorderAddress(template, from, to);
    const pinned = await addresses.pin('rtsp', address);
    if (!pinned) return undefined;
    const url = new URL(pinned.url);
    url.hostname = pinned.family === 6 ? `[${pinned.address}]` : pinned.address;
    return address === template ? openRangeRelay(url, from, to) : openRtspWay(url);
  };

  const collect = (way: RtspWay, from: number, to: number, signal?: AbortSignal) =>
    new Promise<FilmPiece[]>((resolve) => {
      const stream = createLivePackager(() => from);
      const ring = createFootageRing(to - from + 60_000);
      let lastAt = clock.realNow();
      let hasBegun = false;
      const finish = () => {
        clearInterval(looking);
        signal?.removeEventListener('abort', finish);
        source.stop();
        way.close();
        stream.clear();
        resolve(ring.between(from, to));
      };
      const source = open(way.url, {
        onTrack: (track) => stream.begin(track),
        onSample(sample) {
          hasBegun = true;
          lastAt = clock.realNow();
          stream.push(sample);
          ring.draw(stream);
          if ((ring.span()?.to ?? 0) >= to) finish();
        },
        onEnd: () => {
          stream.finish();
          ring.draw(stream);
          finish();
        },
      });
      const looking = setInterval(() => {
        if (clock.realNow() - lastAt > (hasBegun ? LIMITS.silentMs : LIMITS.firstMs)) finish();
      }, LIMITS.lookMs);
      signal?.addEventListener('abort', finish);
    });

  return {
    async read(template, from, to, signal) {
      const way = await wayTo(template, from, to).catch(() => undefined);
      return way ? collect(way, from, to, signal) : [];
    },
  };
}
