import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Loop } from '../loopLibrary.ts';

const REALM = 'fixture';
const PAYLOAD_TYPE = 96;
const LARGEST_PAYLOAD = 1400;
const TICKS = 90_000;
const FU_A = 28;

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

interface Viewer {
  socket: Socket;
  nonce: string;
  isPlaying: boolean;
}

/** A camera of our own for tests: RTSP over TCP, RTP interleaved, Digest, and switches for what goes wrong in the field. */
export interface RtspCamera {
  url: string;
  /** Viewers that reached PLAY, ever. */
  plays(): number;
  attempts(): number;
  /** Stretches of time it was asked to play. */
  ranges(): readonly string[];
  /** Addresses it was asked to describe. */
  described(): readonly string[];
  viewers(): number;
  freeze(isFrozen: boolean): void;
  /** Drops every connection and takes none: switched off, or its network gone. */
  refuse(isAway: boolean): void;
  /** Drops every connection. */
  cut(): void;
  close(): Promise<void>;
}

/** Splits one NAL unit into RTP payloads. Source: RFC 6184, 5.6 and 5.8. */
function payloads(nal: Buffer): Buffer[] {
  if (nal.length <= LARGEST_PAYLOAD) return [nal];
  const [header = 0] = nal;
  const parts: Buffer[] = [];
  for (let at = 1; at < nal.length; at += LARGEST_PAYLOAD) {
    const chunk = nal.subarray(at, at + LARGEST_PAYLOAD);
    const marks = (at === 1 ? 0x80 : 0) | (at + chunk.length === nal.length ? 0x40 : 0);
    parts.push(Buffer.concat([Buffer.from([(header & 0xe0) | FU_A, marks | (header & 0x1f)]), chunk]));
  }
  return parts;
}

function nalsOf(sample: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  for (let at = 0; at < sample.length; at += 4 + sample.readUInt32BE(at)) nals.push(sample.subarray(at + 4, at + 4 + sample.readUInt32BE(at)));
  return nals;
}

function createPacketizer() {
  let sequence = 0;
  return (timestamp: number, nals: readonly Buffer[]): Buffer => {
    const all = nals.flatMap(payloads);
    const packets = all.map((payload, index) => {
      const header = Buffer.alloc(16);
      header.write('$', 0, 'latin1');
      header.writeUInt16BE(12 + payload.length, 2);
      header[4] = 0x80;
      header[5] = PAYLOAD_TYPE | (index === all.length - 1 ? 0x80 : 0);
      header.writeUInt16BE(sequence, 6);
      header.writeUInt32BE(timestamp >>> 0, 8);
      header.writeUInt32BE(0x5eed, 12);
      sequence = (sequence + 1) & 0xffff;
      return Buffer.concat([header, payload]);
    });
    return Buffer.concat(packets);
  };
}

export async function startRtspCamera(options: { loop: Loop; sps: Buffer; pps: Buffer; login?: { user: string; password: string }; encoding?: string }): Promise<RtspCamera> {
  const { loop, sps, pps, login, encoding = 'H264' } = options;
  const viewers = new Set<Viewer>();
  const described: string[] = [];
  const ranges: string[] = [];
  const packetize = createPacketizer();
  let [plays, attempts, index, isFrozen, isAway] = [0, 0, 0, false, false];

  const isAllowed = (viewer: Viewer, method: string, authorization: string) => {
    if (!login) return true;
    const [, address] = /uri="([^"]+)"/.exec(authorization) ?? [];
    const expected = md5(`${md5(`${login.user}:${REALM}:${login.password}`)}:${viewer.nonce}:${md5(`${method}:${address}`)}`);
    return authorization.includes(`response="${expected}"`);
  };

  const answer = (viewer: Viewer, request: string) => {
    const [line = '', ...rest] = request.split('\r\n');
    const [method = '', url = ''] = line.split(' ');
    const headers = new Map(rest.map((header) => [header.slice(0, header.indexOf(':')).toLowerCase(), header.slice(header.indexOf(':') + 1).trim()]));
    const reply = (status: string, extra: string[] = [], body = '') => {
      const length = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
      viewer.socket.write([`RTSP/1.0 ${status}`, `CSeq: ${headers.get('cseq')}`, ...extra, ...length, '', body].join('\r\n'));
    };
    if (method === 'OPTIONS') return reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN']);
    if (!isAllowed(viewer, method, headers.get('authorization') ?? '')) return reply('401 Unauthorized', [`WWW-Authenticate: Digest realm="${REALM}", nonce="${viewer.nonce}"`]);
    if (method === 'DESCRIBE') {
      described.push(url);
      const format = `packetization-mode=1;profile-level-id=${sps.subarray(1, 4).toString('hex')};sprop-parameter-sets=${sps.toString('base64')},${pps.toString('base64')}`;
      const description = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=fixture', 't=0 0', `m=video 0 RTP/AVP ${PAYLOAD_TYPE}`, 'c=IN IP4 0.0.0.0', `a=rtpmap:${PAYLOAD_TYPE} ${encoding}/${TICKS}`, `a=fmtp:${PAYLOAD_TYPE} ${format}`, 'a=control:track0', ''];
      return reply('200 OK', ['Content-Type: application/sdp', `Content-Base: ${url}/`], description.join('\r\n'));
    }
    if (method === 'SETUP') return reply('200 OK', ['Session: 1;timeout=60', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1']);
    if (method === 'PLAY') {
      plays += 1;
      ranges.push(headers.get('range') ?? '');
      viewer.isPlaying = true;
    }
    return reply('200 OK', ['Session: 1']);
  };

  const server = createServer((socket) => {
    if (isAway) return void socket.destroy();
    const viewer: Viewer = { socket, nonce: randomBytes(8).toString('hex'), isPlaying: false };
    attempts += 1;
    viewers.add(viewer);
    let pending = '';
    socket.setNoDelay(true);
    socket.on('close', () => viewers.delete(viewer));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      if (chunk[0] === 0x24) return;
      const requests = (pending + chunk.toString('latin1')).split('\r\n\r\n');
      pending = requests.pop() ?? '';
      for (const request of requests) answer(viewer, request);
    });
  });

  const sendPicture = () => {
    const sample = loop.samples[index % loop.samples.length]!;
    const nals = sample.isKey ? [sps, pps, ...nalsOf(sample.data)] : nalsOf(sample.data);
    const packets = packetize((index * TICKS) / loop.fps, nals);
    index += 1;
    if (isFrozen) return;
    for (const { socket, isPlaying } of viewers) if (isPlaying) socket.write(packets);
  };

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const startedAt = performance.now();
  /** A busy machine comes late to its timers; a camera does not. */
  const sendDue = () => {
    while ((index * 1000) / loop.fps <= performance.now() - startedAt) sendPicture();
  };
  const sending = setInterval(sendDue, 1000 / loop.fps);
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const { socket } of viewers) socket.destroy();
  };
  return {
    url: `rtsp://${login ? `${login.user}:${login.password}@` : ''}127.0.0.1:${port}/stream`,
    plays: () => plays,
    attempts: () => attempts,
    described: () => described,
    ranges: () => ranges,
    viewers: () => viewers.size,
    refuse(next) {
      isAway = next;
      if (next) cut();
    },
    freeze: (next) => void (isFrozen = next),
    cut,
    async close() {
      clearInterval(sending);
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}
