import { post, signIn } from '../../support/door.ts';
import { cpuOfTree } from '../../support/cpuTime.ts';
import { openInspector, type Inspector } from '../../support/inspector.ts';
import { figureIn } from '../../support/metrics.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { openCrowd, type Crowd } from '../crowd/crowd.ts';
import { median, resultOf, type Row } from '../row.ts';

const SCREENS = 100;
const STUCK = 5;
const BATCH = 100;
const BATCHES = 30;
const LOOK_MS = 100;
/** Long texts fill what the kernel keeps for a connection, so that the rest waits in the server. */
const TEXT = 'Nước dâng tại nút giao, xe máy đi chậm. '.repeat(45);
const LIMIT_MIB = 2 * (0.5 + 1);

let made = 0;
const alerts = () => Array.from({ length: BATCH }, () => ({ key: `stuck-${made++}`, ref: `stuck-${made % 500}`, at: Date.now(), kind: 'flood', level: 3, title: `Điểm ngập ${made}`, text: TEXT, position: [108.1 + (made % 40) / 200, 15.98 + (made % 37) / 200] }));

/** Heap and buffers of the server. Units: MiB. */
async function heldMib({ url }: Product): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (figureIn(text, 'process_heap_bytes') + figureIn(text, 'process_external_bytes')) / 2 ** 20;
}

/** The same alerts to a hundred screens, some of which read nothing. */
async function play(product: Product, inspector: Inspector, crowd: Crowd, stuck: number): Promise<{ grownMib: number; cpuMs: number; sentBack: number }> {
  await crowd.ask({ do: 'come', count: SCREENS, isWhole: true, stuck });
  await inspector.collect();
  const before = await heldMib(product);
  const cpuBefore = cpuOfTree(product.child.pid!);
  const arrived = crowd.ask({ do: 'until', entries: BATCH * BATCHES });
  let most = before;
  const look = setInterval(() => void heldMib(product).then((mib) => (most = Math.max(most, mib)), () => undefined), LOOK_MS);
  for (let n = 0; n < BATCHES; n++) await post(product.url, 'alert', alerts());
  await arrived;
  clearInterval(look);
  const cpuMs = cpuOfTree(product.child.pid!) - cpuBefore;
  const sentBack = figureIn(await (await fetch(`${product.url}/metrics`)).text(), 'ioc_live_sent_back');
  await crowd.ask({ do: 'go' });
  return { grownMib: most - before, cpuMs, sentBack };
}

/** What screens that stopped reading cost the server and the others: five of a hundred, against none. */
export const row: Row = {
  name: 'fanout.stuck',
  async measure({ rounds, say }) {
    const product = await startProduct({ isInspected: true });
    const [inspector, cookie] = [await openInspector(product), await signIn(product.url)];
    const crowd = await openCrowd(product.url, cookie.slice(cookie.indexOf('=') + 1));
    const grown: Record<'none' | 'some', number[]> = { none: [], some: [] };
    const cpu: Record<'none' | 'some', number[]> = { none: [], some: [] };
    try {
      await play(product, inspector, crowd, 0);
      for (let round = 0; round < rounds; round++) {
        for (const way of ['none', 'some', 'some', 'none'] as const) {
          const { grownMib, cpuMs, sentBack } = await play(product, inspector, crowd, way === 'some' ? STUCK : 0);
          grown[way].push(grownMib);
          cpu[way].push(cpuMs);
          say(`${way}: ${grownMib.toFixed(1)} MiB more, ${Math.round(cpuMs)} ms of processor time, ${sentBack} sent back so far`);
        }
      }
    } finally {
      inspector.close();
      crowd.close();
      await product.close();
    }
    const perStuck = grown.some.map((mib) => (mib - median(grown.none)) / STUCK);
    return [
      resultOf('fanout.stuck.memory', 'MiB a stuck screen', perStuck, { against: 'twice a snapshot and a megabyte', peer: LIMIT_MIB, aim: `≤ ${LIMIT_MIB} MiB` }),
      resultOf('fanout.stuck.others', 'ms', cpu.some, { against: 'the same without stuck screens', peer: median(cpu.none), aim: '≤ 1.25 ×' }),
    ];
  },
};
