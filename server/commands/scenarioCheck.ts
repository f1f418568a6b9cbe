import { join } from 'node:path';
import { sayFault } from '../../layouts/sayFault.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { createHeadless } from '../domain/scenario/headless.ts';
import { ROOT } from '../start/root.ts';

/** Moments at which a scenario is looked at. */
const CHECKPOINTS = 48;

const [only, wall = 'w2x2'] = process.argv.slice(2);
const layouts = await loadLayouts(join(ROOT, 'layouts'));
const scenes = new Map([...layouts.stages, ...layouts.scenes]);
const profile = layouts.walls.get(wall);
for (const fault of layouts.faults) console.error(sayFault(fault, 'vi'));
if (!profile) console.error(`Không có màn hình ghép ${wall} / there is no wall ${wall}`);
for (const [id, scenario] of profile ? layouts.scenarios : []) {
  if (only !== undefined && only !== 'all' && id !== only) continue;
  const played = createHeadless(scenario, profile!, scenes);
  const everyMs = Math.floor((scenario.clock.lengthS * 1000) / CHECKPOINTS);
  for (let nth = 1; nth <= CHECKPOINTS; nth++) {
    played.advance(everyMs);
    console.log(`${id} ${wall} ${played.head().atMs} ${played.hash()}`);
  }
}
if (!profile || layouts.faults.length > 0) process.exitCode = 1;
