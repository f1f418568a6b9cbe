import { fork } from 'node:child_process';
import { join } from 'node:path';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { call, post } from '../../support/door.ts';
import { answerOf } from '../answerOf.ts';
import { pullCameras } from '../cameras/pulled.ts';
import { openPlant, type Cell, type Driven, type Plant } from '../capacity/drive.ts';
import { costIn, costsOf } from '../capacity/fit.ts';
import type { Seen } from '../capacity/viewers.ts';
import { resultOf, type Row } from '../row.ts';

const cell = (screens: number, events: number): Cell => ({ screens, events, requests: events === 0 ? 0 : 10 });
/** What two cores can still carry to the last screen: some 50,000 deliveries a second. */
const CELLS: readonly Cell[] = [cell(0, 0), cell(0, 1000), cell(50, 0), cell(50, 10), cell(50, 100), cell(50, 1000), cell(200, 0), cell(200, 10), cell(200, 100), cell(800, 0), cell(800, 10)];
/** Driven too, but left out of the fit: what the costs say of it is held against what it took. */
const UNSEEN = cell(400, 50);
const [FEW, MANY] = [8, 64];
const WATCH_MS = 8000;
const PULLED = 16;

const counts = ({ seconds, screens, sent: { events, requests } }: Driven) => [seconds, screens * seconds, requests, events, screens * requests, screens * events];
const fitted = (cells: readonly Driven[], cost: (driven: Driven) => number) => costsOf(cells.map((driven) => ({ of: counts(driven), cost: cost(driven) })));
const alone = (cells: readonly Driven[], cost: (driven: Driven) => number) => costsOf(cells.map((driven) => ({ of: counts(driven).filter((_, thing) => thing === 0 || thing === 2 || thing === 3), cost: cost(driven) })));
const slope = (low: number, high: number, by: number) => Math.max(0, (high - low) / by);

/** Processor time of the server per second, and bytes, for so many who look at a camera each. */
async function watch({ first, cookie }: Plant, cameras: readonly string[]): Promise<{ cpuMsPerS: number; bytesPerS: number }> {
  const child = fork(join(import.meta.dirname, '../capacity/viewers.ts'), [first.url, cookie], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await answerOf(child);
  child.send(cameras);
  await answerOf(child);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const ask = () => (child.send('count'), answerOf<Seen>(child));
  await ask();
  const [before, startedAt] = [cpuOfTree(first.child.pid!), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
  const { bytes, segments, refused } = await ask();
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuMsPerS = (cpuOfTree(first.child.pid!) - before) / seconds;
  child.disconnect();
  if (refused > 0 || segments < (cameras.length * seconds) / 4) throw new Error(`${segments} segments of ${cameras.length} cameras in ${seconds.toFixed(1)} s, ${refused} refused`);
  return { cpuMsPerS, bytesPerS: bytes / seconds };
}

const camera = (n: number) => ({ key: `cap-${n}`, at: Date.now() - 1000, name: `Camera ${n}`, position: [108.2 + n / 1000, 16.05], azimuth: 90, fieldOfView: 60, rangeM: 100, streams: [{ role: 'sub', kind: 'loop', url: 'loop:market-day' }] });

/** What one screen, one event and one camera cost, from growing numbers of each on two real servers. The plan for many cities is reckoned from these. */
export const row: Row = {
  name: 'capacity',
  isFullOnly: true,
  async measure({ rounds, say }) {
    const found: Record<string, number[]> = {};
    const note = (name: string, value: number) => (found[name] ??= []).push(value);
    const plant = await openPlant();
    try {
      const taken = await post(plant.first.url, 'camera', Array.from({ length: MANY }, (_, n) => camera(n)));
      if (taken.some(({ status }) => status !== 'accepted')) throw new Error('not every camera was accepted');
      const { items } = await call<{ items: { id: string }[] }>(plant.first.url, plant.cookie, '/api/v1/cameras?limit=200');
      const ids = items.map(({ id }) => id);
      await plant.drive(cell(50, 1000));
      await watch(plant, ids);
      for (let round = 0; round < rounds; round++) {
        const cells: Driven[] = [];
        for (const one of round % 2 === 0 ? CELLS : CELLS.toReversed()) {
          const driven = await plant.drive(one);
          cells.push(driven);
          say(`${one.screens} screens, ${one.events} events/s: ${driven.seconds.toFixed(1)} s; server ${Math.round(driven.takingMs)} ms, beside ${Math.round(driven.besideMs)} ms, store ${Math.round(driven.storeMs)} ms`);
        }
        const unseen = await plant.drive(UNSEEN);
        const taking = fitted(cells, ({ takingMs }) => takingMs);
        const [rest, screen, request, event, write, delivery] = taking as [number, number, number, number, number, number];
        const [, tailRequest, tailEvent] = alone(cells, ({ besideMs }) => besideMs) as [number, number, number];
        const [storeRest, storeRequest, storeEvent] = alone(cells, ({ storeMs }) => storeMs) as [number, number, number];
        const of = (screens: number, events: number) => cells.find((one) => one.screens === screens && one.events === events)!;
        note('rest', rest);
        note('screen', screen * 1000);
        note('request', request * 1000);
        note('event', event * 1000);
        note('write', write * 1000);
        note('delivery', delivery * 1e6);
        note('tail.request', tailRequest * 1000);
        note('tail.event', tailEvent * 1000);
        note('store.rest', storeRest);
        note('store.request', storeRequest * 1000);
        note('store.event', storeEvent * 1000);
        note('log-bytes', slope(of(0, 0).logBytes, of(0, 1000).logBytes, of(0, 1000).sent.events));
        note('screen-bytes', of(800, 0).wireBytes / of(800, 0).seconds / 800);
        note('delivery-bytes', slope((of(50, 0).wireBytes / of(50, 0).seconds) * of(50, 1000).seconds, of(50, 1000).wireBytes, 50 * of(50, 1000).sent.events));
        note('screen-heap', slope(of(50, 0).heapBytes, of(800, 0).heapBytes, 750) / 1000);
        note('check', costIn(taking, counts(unseen)) / unseen.takingMs);
        note('commits', await plant.commits());
        note('head', await plant.head());
        const [many, few] = [await watch(plant, ids), await watch(plant, ids.slice(0, FEW))];
        say(`${ids.length} who look at a camera: ${many.cpuMsPerS.toFixed(1)} ms/s, ${FEW}: ${few.cpuMsPerS.toFixed(1)} ms/s`);
        note('viewer', slope(few.cpuMsPerS, many.cpuMsPerS, ids.length - FEW));
        note('viewer-bytes', many.bytesPerS / ids.length / 1000);
      }
    } finally {
      await plant.close();
    }
    const pulled = (await pullCameras([PULLED])).get(PULLED)!;
    note('camera', (pulled.cores * 1000) / PULLED);
    note('camera-memory', pulled.memoryMb / PULLED);
    const told = (name: string, unit: string, against: string) => resultOf(`capacity.${name}`, unit, found[name]!, { against, aim: 'reported' });
    return [
      told('rest', 'ms/s', 'a server that only drives its vehicles'),
      told('screen', 'µs/s', 'beats and 500 vehicles a second, each'),
      told('request', 'µs', 'a request at the door'),
      told('event', 'µs', 'an alert at the door'),
      told('write', 'µs', 'a write to a screen'),
      told('delivery', 'ns', 'an alert in that write'),
      told('tail.request', 'µs', 'the same on a server beside'),
      told('tail.event', 'µs', 'the same on a server beside'),
      told('store.rest', 'ms/s', 'PostgreSQL with two servers'),
      told('store.request', 'µs', 'of PostgreSQL'),
      told('store.event', 'µs', 'of PostgreSQL'),
      told('log-bytes', 'B', 'write-ahead log of an alert'),
      told('screen-bytes', 'B/s', 'beats and vehicles'),
      told('delivery-bytes', 'B', 'an alert to a screen'),
      told('screen-heap', 'KB', 'heap and buffers of the server'),
      told('commits', 'a second', 'eight sources, one alert each, everything on this machine'),
      told('head', 'a second', 'eight connections that only take the next number, fsync on'),
      told('viewer', 'ms/s', 'one who looks at a camera'),
      told('viewer-bytes', 'KB/s', 'playlists and segments'),
      told('camera', 'ms/s', `copied from RTSP, ${pulled.live} of ${PULLED} live`),
      told('camera-memory', 'MB', 'copied from RTSP'),
      resultOf('capacity.check', '×', found['check']!, { against: `what ${UNSEEN.screens} screens and ${UNSEEN.events} events/s took`, peer: 1, aim: 'reported: 0.8 to 1.2 says that the costs add up' }),
    ];
  },
};
