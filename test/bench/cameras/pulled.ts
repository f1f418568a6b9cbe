import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRealClock } from '../../../server/kernel/clock.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { createMediaOrigin } from '../../../server/media/origin.ts';
import { cpuOfTree } from '../../support/cpuTime.ts';

const [WARM_MS, WATCH_MS, TOUCH_MS] = [20_000, 10_000, 5000];

/** What copying so many network cameras takes, ffmpeg included. Units: cores, MB. */
export interface Pulled {
  cores: number;
  memoryMb: number;
  live: number;
}

const childrenOf = (parent: number): number[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1]!.split(' ');
      return Number(fields[1]) === parent && readFileSync(`/proc/${name}/comm`, 'latin1').startsWith('ffmpeg') ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
/** Memory of its own, shared libraries counted by share; none of a process that ended. Units: MB. */
const memoryOf = (pid: number): number => {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Pulls one live source as so many cameras, one number after the other. */
export async function pullCameras(counts: readonly number[]): Promise<Map<number, Pulled>> {
  const source = fork(join(import.meta.dirname, 'rtspSource.ts'), { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [url] = (await once(source, 'message')) as [string];
  const found = new Map<number, Pulled>();
  for (const count of counts) {
    const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'rtsp', url }), allowLoopback: true });
    const names = Array.from({ length: count }, (_, index) => `rtsp-${index}`);
    const touch = () => names.forEach((name) => void origin.serve(name, 'index.m3u8', { parts: '0' }));
    touch();
    const touching = setInterval(touch, TOUCH_MS);
    await new Promise((resolve) => setTimeout(resolve, WARM_MS + count * 200));
    const spent = () => (cpuOfTree(process.pid) - cpuOfTree(source.pid!)) / 1000;
    const [before, startedAt] = [spent(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    const cores = (spent() - before) / ((performance.now() - startedAt) / 1000);
    const memoryMb = [process.pid, ...childrenOf(process.pid)].reduce((sum, pid) => sum + memoryOf(pid), 0);
    found.set(count, { cores, memoryMb, live: names.filter((name) => origin.status(name).state === 'live').length });
    clearInterval(touching);
    await origin.close();
  }
  source.kill();
  return found;
}
