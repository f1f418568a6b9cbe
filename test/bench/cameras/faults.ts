import { readFileSync } from 'node:fs';
import { readElementaryStream } from '../../../server/media/annexB.ts';
import { createLoopLibrary } from '../../../server/media/loopLibrary.ts';
import type { CameraStreamSpec, MediaOrigin } from '../../../server/media/origin.ts';
import { startLiveServer, type LiveServer } from '../../../server/media/testing/liveServer.ts';
import { startMediaServer } from '../../../server/media/testing/mediaServer.ts';
import { startRtspCamera } from '../../../server/media/testing/rtspCamera.ts';
import { createTcpProxy } from '../../support/tcpProxy.ts';
import { createSlowWire } from './slowWire.ts';

/** One thing that goes wrong with a camera, and its end. */
export interface CameraTrouble {
  name: string;
  spec(): CameraStreamSpec;
  begin(): void | Promise<void>;
  end(): void | Promise<void>;
  /** A picture of another width is no fault: it goes on, and this is its width then. */
  goesOnAs?: number;
}

export interface Troubles {
  list: readonly CameraTrouble[];
  /** A camera in front of which nothing ever moves. */
  still: CameraStreamSpec;
  close(): Promise<void>;
}

const FLAP_MS = 2500;

/** Real cameras, a live encoder behind GStreamer's RTSP server, for every fault that a wall of cameras meets. */
export async function createTroubles(loopGateway: Pick<MediaOrigin, 'serve'>): Promise<Troubles> {
  const { sps, pps } = readElementaryStream(readFileSync(new URL('../../../server/media/loops/market-day.h264', import.meta.url)));
  const live = await startLiveServer();
  const [sound, codec] = [await startLiveServer(), await startLiveServer()];
  let killed: LiveServer = await startLiveServer();
  const { port: killedPort } = killed;
  for (const path of ['size', 'slow', 'flap', 'cut']) await live.as(path, 'moving');
  for (const own of [sound, codec]) await own.as('cam', 'moving');
  await live.as('still', 'still');
  await killed.as('cam', 'moving');
  const locked = await startRtspCamera({ loop: createLoopLibrary().get('market-day')!, sps, pps, login: { user: 'viewer', password: 'right-1' } });
  const [slowWire, flapWire, cutWire] = [await createSlowWire(live.port), await createTcpProxy(live.port), await createTcpProxy(live.port)];
  const kept = new Map<string, Awaited<ReturnType<MediaOrigin['serve']>>>();
  let isFrozen = false;
  const gateway = await startMediaServer({
    async serve(camera, file, query, signal) {
      const known = isFrozen ? kept.get(file) : undefined;
      const found = known ?? (await loopGateway.serve(camera, file, { ...query, parts: '0' }, signal));
      if (!isFrozen) kept.set(file, found);
      return found;
    },
  });
  const rtsp = (url: string): CameraStreamSpec => ({ kind: 'rtsp', url });
  const at = (port: number, path: string) => rtsp(`rtsp://127.0.0.1:${port}/${path}`);
  let password = 'right-1';
  let flapping: NodeJS.Timeout | undefined;

  const list: CameraTrouble[] = [
    {
      name: 'killed', spec: () => at(killedPort, 'cam'), begin: () => killed.close(),
      async end() {
        killed = await startLiveServer(killedPort);
        await killed.as('cam', 'moving');
      },
    },
    { name: 'frozen-200', spec: () => ({ kind: 'hls', url: `${gateway.url}/loop/index.m3u8` }), begin: () => void (isFrozen = true), end: () => void (isFrozen = false) },
    { name: 'sound-only', spec: () => at(sound.port, 'cam'), begin: () => sound.as('cam', 'audio'), end: () => sound.as('cam', 'moving') },
    { name: 'wrong-codec', spec: () => at(codec.port, 'cam'), begin: () => codec.as('cam', 'vp8'), end: () => codec.as('cam', 'moving') },
    { name: 'wrong-password', spec: () => rtsp(locked.url.replace('right-1', password)), begin: () => void (password = 'wrong'), end: () => void (password = 'right-1') },
    { name: 'slow', spec: () => at(slowWire.port, 'slow'), begin: () => slowWire.narrow(4000), end: () => slowWire.narrow(Infinity) },
    {
      name: 'flapping', spec: () => at(flapWire.port, 'flap'),
      begin() {
        flapWire.cut('rst');
        flapping = setInterval(() => flapWire.cut('rst'), FLAP_MS);
      },
      end: () => clearInterval(flapping),
    },
    { name: 'new-size', spec: () => at(live.port, 'size'), begin: () => live.resize('size', '320x180'), end: () => live.resize('size', '640x360'), goesOnAs: 320 },
    { name: 'network-cut', spec: () => at(cutWire.port, 'cut'), begin: () => cutWire.cut('blackhole'), end: () => cutWire.heal() },
  ];
  return {
    list,
    still: at(live.port, 'still'),
    async close() {
      clearInterval(flapping);
      for (const part of [gateway, slowWire, flapWire, cutWire, locked, killed, sound, codec, live]) await part.close();
    },
  };
}
