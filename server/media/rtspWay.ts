import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';
import { connect as connectTls } from 'node:tls';

/** A way to one camera, for one connection, that leads nowhere else. */
export interface RtspWay {
  /** The address to play: on this machine. */
  url: string;
  /** Why it ended, as far as the way knows better than its viewer: the camera sent it elsewhere, or never answered. */
  verdict(): 'refused-address' | 'unreachable' | undefined;
  close(): void;
}

/** What a request becomes on its way; RTCP between requests goes as it is. */
export type Rewrite = (request: string) => string;

const HEADER_END = '\r\n\r\n';
const LONGEST_REQUEST = 16 * 1024;
/** Descriptions of cameras are a few hundred bytes. */
const LONGEST_PREAMBLE = 256 * 1024;
/** A status of 3xx as ffmpeg would read it, which forgives more than a specification does. */
const REDIRECT = /RTSP\/[^ \t\n]*[ \t][^\S\n]*[+0]*3\d\d/;

/** Passes what the viewer says on, request by request. */
function passRequests(viewer: Socket, camera: Socket, rewrite: Rewrite, onPlay: () => void): void {
  let pending: Buffer = Buffer.alloc(0);
  viewer.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length > 0) {
      const isFrame = pending[0] === 0x24;
      const end = isFrame ? (pending.length >= 4 ? 4 + pending.readUInt16BE(2) : Infinity) : pending.indexOf(HEADER_END) + HEADER_END.length;
      if (end > pending.length || (!isFrame && end < HEADER_END.length)) break;
      const part = pending.subarray(0, end);
      if (part.toString('latin1', 0, 5) === 'PLAY ') onPlay();
      camera.write(isFrame ? part : rewrite(part.toString('latin1')), 'latin1');
      pending = pending.subarray(end);
    }
    if (pending.length > LONGEST_REQUEST) viewer.destroy();
  });
}

/** Lets answers through up to the first that leads elsewhere. Once the viewer plays it follows none any more, so pictures are not searched. */
function refuseRedirects(isPlaying: () => boolean, onRedirect: () => void): Transform {
  let said = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (isPlaying()) return done(null, chunk);
      said += chunk.toString('latin1').replaceAll('\r', '');
      if (!REDIRECT.test(said) && said.length < LONGEST_PREAMBLE) return done(null, chunk);
      onRedirect();
      done(new Error('the camera sends its viewer elsewhere'));
    },
  });
}

/**
 * Opens a way to a camera at an address that was checked. ffmpeg follows a redirect to wherever a camera says, and no option forbids it:
 * so it talks to this machine only, and what would lead it elsewhere never reaches it. TLS to the camera ends here.
 * Shape: `url` is pinned, host and port of the camera itself.
 */
export async function openRtspWay(url: URL, rewrite: Rewrite = (request) => request): Promise<RtspWay> {
  const sockets = new Set<Socket>();
  const isSecure = url.protocol === 'rtsps:';
  const to = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (isSecure ? 322 : 554) };
  let isPlaying = false;
  let verdict: ReturnType<RtspWay['verdict']>;
  const server = createServer((viewer) => {
    server.close();
    const camera = isSecure ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
    camera.once('error', () => (camera.bytesRead === 0 ? (verdict ??= 'unreachable') : undefined));
    for (const socket of [viewer, camera]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    viewer.on('close', () => camera.destroy());
    camera.on('close', () => viewer.destroySoon());
    passRequests(viewer, camera, rewrite, () => (isPlaying = true));
    pipeline(camera, refuseRedirects(() => isPlaying, () => (verdict = 'refused-address')), viewer, () => camera.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const local = new URL(url.href.replace(/^rtsps:/, 'rtsp:'));
  local.hostname = '127.0.0.1';
  local.port = String((server.address() as AddressInfo).port);
  return {
    url: local.href,
    verdict: () => verdict,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
