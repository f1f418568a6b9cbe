import { connect } from 'node:net';
import { freePort } from './freePort.ts';
import { startOwnServer, type OwnServer } from './ownServer.ts';

/** A Redis of this run alone: loopback, nothing on disk. */
export interface TestRedis extends OwnServer {
  readonly url: string;
  close(): Promise<void>;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });

export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const server = await startOwnServer({ program: 'redis-server', args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], answers: () => answers(port) });
  return { url: `redis://127.0.0.1:${port}`, ...server, close: server.kill };
}
