import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCameraAddresses, openPinned } from './cameraAddress.ts';
import { openWithFfmpeg } from './ffmpegSource.ts';
import { isInstalled } from './testing/run.ts';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** Something that listens, with every word it was told. */
async function listen(answer: (request: string) => string): Promise<{ port: number; told: string[] }> {
  const told: string[] = [];
  const server = createServer((socket) => socket.on('error', () => undefined).on('data', (chunk) => {
    told.push(chunk.toString());
    socket.write(answer(chunk.toString()));
  }));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, told };
}

const STATUSES = ['RTSP/1.0 301 Moved', 'RTSP/1.0 302 Found', 'RTSP/1.0 303 See Other', 'RTSP/1.0 305 Use Proxy', 'RTSP/2.0 302 Found', 'RTSP/1.0  \t302 Found', 'R\rTSP/1.0 302 Found', 'RTSP/x 0302 Found', '$\0\0\u0001xRTSP/1.0 302 Found'];

describe.runIf(isInstalled('ffmpeg'))('a camera that sends its viewer elsewhere', () => {
  it.each(STATUSES)('with %j is not followed', async (status) => {
    const victim = await listen(() => '');
    const camera = await listen((request) => {
      const sequence = `CSeq: ${/CSeq: (\d+)/.exec(request)?.[1] ?? 1}\r\n`;
      return request.startsWith('DESCRIBE') ? `${status}\r\n${sequence}Location: rtsp://127.0.0.1:${victim.port}/x\r\n\r\n` : `RTSP/1.0 200 OK\r\n${sequence}Public: DESCRIBE\r\n\r\n`;
    });
    const open = openPinned(openWithFfmpeg, createCameraAddresses(true));
    const reason = await new Promise((onEnd) => open(`rtsp://127.0.0.1:${camera.port}/a`, { onTrack: () => undefined, onSample: () => undefined, onEnd }));
    expect([reason, victim.told]).toEqual(['refused-address', []]);
    expect(camera.told.join('')).toContain('DESCRIBE');
  });
});
