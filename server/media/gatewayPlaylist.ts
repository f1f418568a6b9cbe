import { createHash } from 'node:crypto';

/** A playlist of a gateway under our own names, and where each name leads. */
export interface RelayedPlaylist {
  text: string;
  targets: Map<string, URL>;
  mediaSequence: number;
  /** The newest whole segment and what a decoder needs before it. */
  newest: { init: string | undefined; segment: string | undefined; startsAt: number | undefined };
}

const LOW_LATENCY = /^#EXT-X-(PART|PART-INF|PRELOAD-HINT|SERVER-CONTROL|RENDITION-REPORT|SKIP)\b/;
const EXTENSION = /\.(m4s|mp4|ts|aac|m4a|m4v)$/i;

/** The name a browser asks for: nothing of the gateway's own address shows. */
function relayName(target: URL): string {
  const extension = EXTENSION.exec(target.pathname)?.[1]?.toLowerCase() ?? 'bin';
  return `relay-${createHash('sha256').update(target.href).digest('hex').slice(0, 24)}.${extension}`;
}

/** True for a playlist of playlists. */
export const isMaster = (text: string): boolean => text.includes('#EXT-X-STREAM-INF');

/** The variant to play: the smallest for a tile, the largest for a large picture. */
export function chooseVariant(text: string, base: URL, wantsLargest: boolean): URL | undefined {
  const lines = text.split(/\r?\n/);
  const variants = lines.flatMap((line, index) => {
    const bandwidth = /^#EXT-X-STREAM-INF:.*?\bBANDWIDTH=(\d+)/.exec(line)?.[1];
    const uri = lines.slice(index + 1).find((next) => next !== '' && !next.startsWith('#'));
    return bandwidth !== undefined && uri !== undefined && URL.canParse(uri, base.href) ? [{ url: new URL(uri, base), bandwidth: Number(bandwidth) }] : [];
  });
  variants.sort((a, b) => (wantsLargest ? b.bandwidth - a.bandwidth : a.bandwidth - b.bandwidth));
  return variants[0]?.url;
}

/**
 * Puts every address of a media playlist under a name of ours.
 * Fails: throws for a text that is no playlist, or that leads to another server than the gateway.
 */
export function relayPlaylist(text: string, base: URL, withParts: boolean, suffix = ''): RelayedPlaylist {
  if (!text.startsWith('#EXTM3U')) throw new Error('not a playlist');
  const targets = new Map<string, URL>();
  const nameOf = (uri: string): string => {
    const target = new URL(uri, base);
    if (target.origin !== base.origin) throw new Error('the playlist leads to another server');
    const name = relayName(target);
    targets.set(name, target);
    return name;
  };
  let init: string | undefined;
  let segment: string | undefined;
  let startsAt: number | undefined;
  let dateAt: number | undefined;
  let durationMs = 0;
  const lines = text.split(/\r?\n/).flatMap((line) => {
    if (!withParts && LOW_LATENCY.test(line)) return [];
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) dateAt = Date.parse(line.slice(25)) || undefined;
    if (line.startsWith('#EXTINF:')) durationMs = Number.parseFloat(line.slice(8)) * 1000;
    if (line !== '' && !line.startsWith('#')) {
      segment = nameOf(line);
      startsAt = dateAt;
      if (dateAt !== undefined) dateAt += durationMs;
      return [segment + suffix];
    }
    return [
      line.replace(/URI="([^"]*)"/, (_all, uri: string) => {
        const name = nameOf(uri);
        if (line.startsWith('#EXT-X-MAP')) init = name;
        return `URI="${name}${suffix}"`;
      }),
    ];
  });
  const mediaSequence = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1] ?? 0);
  return { text: lines.join('\n'), targets, mediaSequence, newest: { init, segment, startsAt } };
}
