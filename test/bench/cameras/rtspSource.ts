import { readFileSync } from 'node:fs';
import { readElementaryStream } from '../../../server/media/annexB.ts';
import { createLoopLibrary } from '../../../server/media/loopLibrary.ts';
import { startRtspCamera } from '../../../server/media/testing/rtspCamera.ts';

const { sps, pps } = readElementaryStream(readFileSync(new URL('../../../server/media/loops/market-day.h264', import.meta.url)));
const camera = await startRtspCamera({ loop: createLoopLibrary().get('market-day')!, sps, pps, login: { user: 'bench', password: 'bench-1' } });
process.send?.(camera.url);
