import { renderPlaylist } from './playlist.ts';
import type { IngestState } from './rtspIngest.ts';
import type { MediaStream } from './stream.ts';

/** What the HTTP floor sends back, as it is. */
export interface MediaAnswer {
  status: number;
  headers: Record<string, string>;
  body?: Buffer | string;
}

/** The query of a request; `parts=0` asks for the playlist without low-latency tags. */
export type MediaQuery = Readonly<Record<string, string | undefined>>;

/** What must follow every name of a playlist that was asked for by stream. */
export function streamSuffix(query: MediaQuery): string {
  const chosen = [query.stream === 'main' ? 'stream=main' : '', query.plays === 'h264' ? 'plays=h264' : ''].filter(Boolean);
  return chosen.length === 0 ? '' : `?${chosen.join('&')}`;
}

/** Why a camera cannot be played, for the player to show. */
export type RefusalReason = 'lost' | IngestState;

type FileRequest =
  | { kind: 'playlist' | 'still' }
  | { kind: 'init'; id: string }
  | { kind: 'segment'; sequence: number }
  | { kind: 'part'; sequence: number; part: number };

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';
/** A low-latency request waits at most three target durations, as the HLS specification asks of a server. */
const BLOCK_LIMIT_MS = 3000;

export function refusal(status: number, reason?: RefusalReason): MediaAnswer {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (reason) headers['x-camera-state'] = reason;
  if (status === 503) headers['retry-after'] = '1';
  return { status, headers };
}

/** What waiting does not mend: the player is told at once, shows it by its name and asks again later. */
const DEFINITE: Partial<Record<IngestState, number>> = { 'unsupported-codec': 415, 'audio-only': 415, 'auth-failed': 424 };

/** The answer of a camera that has nothing to play in this state. */
export const refusalIn = (state: IngestState): MediaAnswer => refusal(DEFINITE[state] ?? 503, state);

function found(type: string, body: Buffer | string | undefined, extra: Record<string, string> = {}): MediaAnswer {
  if (body === undefined) return refusal(404);
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store', ...extra }, body };
}

/** The only names that are served; anything else, a path included, is no file. */
export function parseFileName(file: string): FileRequest | undefined {
  if (file === 'index.m3u8') return { kind: 'playlist' };
  if (file === 'still.mp4') return { kind: 'still' };
  const [, id] = /^init-([0-9a-f]{8})\.mp4$/.exec(file) ?? [];
  if (id !== undefined) return { kind: 'init', id };
  const [, sequence, part] = /^(?:segment-(\d{1,12})|part-(\d{1,12})\.(\d{1,3}))\.m4s$/.exec(file)?.filter((group) => group !== undefined) ?? [];
  if (sequence === undefined) return undefined;
  return part === undefined ? { kind: 'segment', sequence: Number(sequence) } : { kind: 'part', sequence: Number(sequence), part: Number(part) };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

async function answerPlaylist(stream: MediaStream, query: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer> {
  const sequence = wholeNumber(query._HLS_msn);
  const part = wholeNumber(query._HLS_part);
  const isMalformed = (query._HLS_msn !== undefined && sequence === undefined) || (query._HLS_part !== undefined && (part === undefined || sequence === undefined));
  if (isMalformed) return refusal(400);
  if (sequence !== undefined) {
    const edge = stream.window()?.next.sequence;
    if (edge !== undefined && sequence > edge + 2) return refusal(400);
    if (!(await stream.ready(sequence, part, BLOCK_LIMIT_MS, signal))) return refusal(503);
  }
  const window = stream.window();
  return window ? found(PLAYLIST_TYPE, renderPlaylist(window, query.parts !== '0', streamSuffix(query))) : refusal(503, 'connecting');
}

async function answerPart(stream: MediaStream, sequence: number, part: number, signal?: AbortSignal): Promise<MediaAnswer> {
  const next = stream.window()?.next;
  const isHinted = next?.sequence === sequence && next.part === part;
  if (isHinted) await stream.ready(sequence, part, BLOCK_LIMIT_MS, signal);
  return found('video/mp4', stream.part(sequence, part));
}

/** Answers one request for one file of one stream. */
export async function answerFile(stream: MediaStream, file: string, query: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer> {
  const request = parseFileName(file);
  if (!request) return refusal(404);
  switch (request.kind) {
    case 'playlist':
      return answerPlaylist(stream, query, signal);
    case 'init':
      return found('video/mp4', stream.init(request.id));
    case 'segment':
      return found('video/mp4', stream.segment(request.sequence));
    case 'part':
      return answerPart(stream, request.sequence, request.part, signal);
    case 'still': {
      const still = stream.still();
      return found('video/mp4', still?.body, { 'x-captured-at': String(still?.capturedAt ?? 0) });
    }
  }
}
