import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import { answerFile, parseFileName, refusal, refusalIn, type MediaAnswer, type MediaQuery } from './answer.ts';
import type { OpenSource, Treatment } from './ffmpegSource.ts';
import { createRtspIngest, type IngestStatus, type RtspIngest } from './rtspIngest.ts';

/** Cameras on the network, each with one connection for all that watch it. */
export interface RtspStreams {
  /** `key` names the stream: two streams of a camera are two connections. */
  serve(key: string, url: string, file: string, query: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer>;
  status(key: string): IngestStatus | undefined;
  /** The ingest itself, for whoever keeps pictures; it stays open while touched. */
  ingest(key: string, url: string): RtspIngest;
  close(): Promise<void>;
}

export interface RtspStreamsDeps {
  clock: Clock;
  log: Log;
  random: Random;
  open: OpenSource;
  /** How many pictures may be made H.264 at once; each costs a good part of a core. */
  mostTranscodes: number;
}

/** How long the first viewer of a network camera waits for its first second. Units: ms. */
const FIRST_PICTURE_MS = 8000;

export function createRtspStreams({ clock, log, random, open, mostTranscodes }: RtspStreamsDeps): RtspStreams {
  const ingests = new Map<string, { url: string; ingest: RtspIngest }>();

  const ingestOf = (key: string, url: string, treatment: Treatment): RtspIngest => {
    const name = treatment === 'copy' ? key : `${key} ${treatment}`;
    const known = ingests.get(name);
    if (known?.url === url) return known.ingest;
    void known?.ingest.close();
    const ingest = createRtspIngest({ clock, log: log.child({ camera: name }), random: random.fork(name), url, open: (address, sink) => open(address, sink, treatment) });
    ingests.set(name, { url, ingest });
    return ingest;
  };

  const transcoding = () => [...ingests].filter(([name, { ingest }]) => name.endsWith(' h264') && ingest.status().state !== 'idle').length;

  const answer = async (ingest: RtspIngest, file: string, query: MediaQuery, signal?: AbortSignal) => {
    ingest.touch();
    const before = refusalIn(ingest.status().state);
    if (before.status < 500 && file === 'index.m3u8') return before;
    if (await ingest.stream.playable(FIRST_PICTURE_MS, signal)) return answerFile(ingest.stream, file, query, signal);
    return refusalIn(ingest.status().state);
  };

  /** H.265 for a screen that has no decoder for it: made H.264 while there is room, refused with the reason when there is none. */
  const serveMade = async (key: string, url: string, file: string, query: MediaQuery, signal?: AbortSignal) => {
    const made = ingestOf(key, url, 'h264');
    const isOpen = made.status().state !== 'idle';
    return isOpen || transcoding() < mostTranscodes ? answer(made, file, query, signal) : refusal(415, 'transcoders-busy');
  };

  return {
    async serve(key, url, file, query, signal) {
      if (!parseFileName(file)) return refusal(404);
      const copied = ingestOf(key, url, 'copy');
      const cannotPlay = () => query.plays === 'h264' && copied.status().codec === 'h265';
      if (cannotPlay()) return serveMade(key, url, file, query, signal);
      const found = await answer(copied, file, query, signal);
      return cannotPlay() ? serveMade(key, url, file, query, signal) : found;
    },
    status: (key) => ingests.get(key)?.ingest.status(),
    ingest: (key, url) => ingestOf(key, url, 'copy'),
    async close() {
      await Promise.all([...ingests.values()].map(({ ingest }) => ingest.close()));
    },
  };
}
