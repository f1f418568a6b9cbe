import { readFileSync } from 'node:fs';
import { createRealClock } from '../../../server/kernel/clock.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { readElementaryStream } from '../../../server/media/annexB.ts';
import { createLoopLibrary } from '../../../server/media/loopLibrary.ts';
import { createMediaOrigin } from '../../../server/media/origin.ts';
import { startRtspCamera, type RtspCamera } from '../../../server/media/testing/rtspCamera.ts';
import { resultOf, type Result, type Row } from '../row.ts';

const AIM_MS = { named: 10_000, back: 15_000 };
const LONGEST_MS = 30_000;
const LOOK_MS = 50;
const FAULTS = { cut: (camera: RtspCamera) => camera.refuse(true), frozen: (camera: RtspCamera) => camera.freeze(true) };

/** From a fault of a network camera to its name, and from its end to pictures. */
export const row: Row = {
  name: 'camera-recovery',
  async measure({ rounds }) {
    const { sps, pps } = readElementaryStream(readFileSync(new URL('../../../server/media/loops/market-day.h264', import.meta.url)));
    const camera = await startRtspCamera({ loop: createLoopLibrary().get('market-day')!, sps, pps });
    const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'rtsp', url: camera.url }), allowLoopback: true });
    const touching = setInterval(() => void origin.serve('cam', 'index.m3u8', { parts: '0' }), 500);
    const until = async (isLive: boolean): Promise<number> => {
      const startedAt = performance.now();
      while ((origin.status('cam').state === 'live') !== isLive) {
        if (performance.now() - startedAt > LONGEST_MS) throw new Error(`the camera is ${origin.status('cam').state}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      return performance.now() - startedAt;
    };
    const results: Result[] = [];
    try {
      await until(true);
      for (const [name, begin] of Object.entries(FAULTS)) {
        const [named, back]: [number[], number[]] = [[], []];
        for (let turn = 0; turn < rounds; turn += 1) {
          begin(camera);
          named.push(await until(false));
          await new Promise((resolve) => setTimeout(resolve, 3000));
          camera.refuse(false);
          camera.freeze(false);
          back.push(await until(true));
        }
        results.push(
          resultOf(`camera-recovery.${name}.named`, 'ms', named, { against: 'ten seconds', peer: AIM_MS.named, aim: '≤ 10 s' }),
          resultOf(`camera-recovery.${name}.back`, 'ms', back, { against: 'fifteen seconds', peer: AIM_MS.back, aim: '≤ 15 s' }),
        );
      }
      return results;
    } finally {
      clearInterval(touching);
      await origin.close();
      await camera.close();
    }
  },
};
