import { STREAM, segmentDuration, type SegmentEntry, type StreamWindow } from './stream.ts';

export const segmentName = (sequence: number) => `segment-${sequence}.m4s`;
export const partName = (sequence: number, part: number) => `part-${sequence}.${part}.m4s`;
export const initName = (id: string) => `init-${id}.mp4`;

function partLines(segment: SegmentEntry, suffix: string): string[] {
  return segment.parts.map((part, index) => {
    const independent = part.isIndependent ? ',INDEPENDENT=YES' : '';
    return `#EXT-X-PART:DURATION=${part.durationS.toFixed(5)},URI="${partName(segment.sequence, index)}${suffix}"${independent}`;
  });
}

function lowLatencyHeader(partS: number): string[] {
  return [
    `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=${(partS * 3.5).toFixed(3)}`,
    `#EXT-X-PART-INF:PART-TARGET=${partS.toFixed(3)}`,
  ];
}

/**
 * Writes the media playlist of a window.
 * `suffix` follows every name: what chose the playlist must choose its segments too.
 * The target is rounded, as RFC 8216 has it for EXTINF: a ceiling would turn 1.06 s into 2 s and double every standard player's delay.
 */
export function renderPlaylist(window: StreamWindow, withParts: boolean, suffix = ''): string {
  const complete = window.segments.filter((segment) => segment.isComplete);
  const shown = withParts ? window.segments : complete;
  const targetS = Math.max(1, ...complete.map((segment) => Math.round(segmentDuration(segment))));
  const partS = Math.max(STREAM.partS, ...window.segments.flatMap((segment) => segment.parts.map((part) => part.durationS)));
  const lines = ['#EXTM3U', '#EXT-X-VERSION:9', `#EXT-X-TARGETDURATION:${targetS}`];
  if (withParts) lines.push(...lowLatencyHeader(partS));
  lines.push(`#EXT-X-MEDIA-SEQUENCE:${shown[0]?.sequence ?? window.next.sequence}`);
  if (window.discontinuitySequence > 0) lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${window.discontinuitySequence}`);
  lines.push('#EXT-X-INDEPENDENT-SEGMENTS');
  let initId: string | undefined;
  for (const [index, segment] of shown.entries()) {
    if (segment.isDiscontinuity) lines.push('#EXT-X-DISCONTINUITY');
    if (segment.initId !== initId) lines.push(`#EXT-X-MAP:URI="${initName(segment.initId)}${suffix}"`);
    initId = segment.initId;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startsAt).toISOString()}`);
    if (withParts && index >= shown.length - STREAM.partSegments) lines.push(...partLines(segment, suffix));
    if (segment.isComplete) lines.push(`#EXTINF:${segmentDuration(segment).toFixed(5)},`, `${segmentName(segment.sequence)}${suffix}`);
  }
  if (withParts) lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${partName(window.next.sequence, window.next.part)}${suffix}"`);
  return `${lines.join('\n')}\n`;
}
