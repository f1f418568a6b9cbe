import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('./live_rtsp_server.py', import.meta.url));

/** GStreamer's RTSP server with a live encoder, in a process of its own. */
export interface LiveServer {
  port: number;
  url(path: string): string;
  /** What a path sends from now on; who watched it is cut off. */
  as(path: string, kind: 'moving' | 'still' | 'vp8' | 'audio'): Promise<void>;
  /** Changes the size of a moving picture while it is watched. */
  resize(path: string, size: string): Promise<void>;
  /** Stops or goes on, with every connection left open. */
  freeze(isFrozen: boolean): void;
  close(): Promise<void>;
}

/** Whether Debian's GStreamer with its RTSP server and both encoders is there. */
export const hasLiveServer = (): boolean =>
  spawnSync(PYTHON, ['-c', "import gi; gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst; Gst.init(None); assert all(map(Gst.ElementFactory.find, ['x264enc', 'x265enc', 'rtph264pay']))"], { stdio: 'ignore' }).status === 0;

export async function startLiveServer(port = 0): Promise<LiveServer> {
  const child = spawn(PYTHON, [SCRIPT, String(port)], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const bound = Number(said.toString().trim());
  const tell = async (line: string) => {
    child.stdin.write(`${line}\n`);
    await once(child.stdout, 'data');
  };
  return {
    port: bound,
    url: (path) => `rtsp://127.0.0.1:${bound}/${path}`,
    as: (path, kind) => tell(`as /${path} ${kind}`),
    resize: (path, size) => tell(`size /${path} ${size}`),
    freeze: (isFrozen) => void child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
