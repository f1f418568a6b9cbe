import type { MediaLine } from './mediaLine.ts';
import { createShareLine, type ShareLine } from './share/shareLine.ts';
import { Shares } from './share/shares.svelte.ts';
import type { Wire } from './wire.ts';

/** Pictures that come to this page and screens that are shared from it; a connection is opened for the first that needs it. */
export interface MediaRooms {
  mediaLine(): MediaLine;
  shareLine(): ShareLine;
  readonly shares: Shares;
  close(): void;
}

export function createMediaRooms(wire: Wire, openMediaLine: () => MediaLine): MediaRooms {
  const shares = new Shares(wire);
  let mediaLine: MediaLine | undefined;
  let shareLine: ShareLine | undefined;
  return {
    mediaLine: () => (mediaLine ??= openMediaLine()),
    shareLine: () => (shareLine ??= createShareLine({ wire, connect: () => new RTCPeerConnection({ iceServers: [] }) })),
    shares,
    close() {
      mediaLine?.close();
      shareLine?.close();
      shares.close();
    },
  };
}
