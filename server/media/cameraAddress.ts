import { lookup } from 'node:dns/promises';
import { cameraUrl, isCameraAddress } from '../domain/camera/address.ts';
import type { OpenSource, Source } from './ffmpegSource.ts';
import { openRtspWay, type RtspWay } from './rtspWay.ts';

/** A camera's address, resolved once: the connection is made to exactly what was checked. */
export interface PinnedAddress {
  url: URL;
  address: string;
  family: number;
}

export interface CameraAddresses {
  /** Undefined when the address, or any address its name stands for, is not one a camera may have. Fails: rejects when the name does not resolve. */
  pin(kind: string, url: string): Promise<PinnedAddress | undefined>;
}

type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export function createCameraAddresses(allowLoopback: boolean, resolve: Resolve = (host) => lookup(host, { all: true })): CameraAddresses {
  return {
    async pin(kind, text) {
      const url = cameraUrl(kind, text, allowLoopback);
      if (!url) return undefined;
      const found = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
      const [first] = found;
      const isAllowed = first !== undefined && found.every(({ address }) => isCameraAddress(address, allowLoopback));
      return isAllowed ? { url, ...first } : undefined;
    },
  };
}

/** Opens a source at the address that was checked, never at what its name stands for a moment later, nor at where the camera would send us. */
export function openPinned(open: OpenSource, addresses: CameraAddresses): OpenSource {
  return (text, sink, treatment) => {
    let source: Source | undefined;
    let way: RtspWay | undefined;
    let isStopped = false;
    const begin = async () => {
      const pinned = await addresses.pin('rtsp', text).catch(() => 'unresolved' as const);
      if (isStopped) return sink.onEnd('ended');
      if (pinned === 'unresolved') return sink.onEnd('unreachable');
      if (!pinned) return sink.onEnd('refused-address');
      const url = new URL(pinned.url);
      url.hostname = pinned.family === 6 ? `[${pinned.address}]` : pinned.address;
      const opened = await openRtspWay(url);
      way = opened;
      const onEnd: typeof sink.onEnd = (reason) => {
        opened.close();
        sink.onEnd(opened.verdict() ?? reason);
      };
      if (isStopped) return onEnd('ended');
      source = open(opened.url, { ...sink, onEnd }, treatment);
    };
    void begin();
    return {
      stop() {
        isStopped = true;
        source?.stop();
        if (!source) way?.close();
      },
    };
  };
}
