import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import demand from '../bench/capacity/demand.json' with { type: 'json' };
import { COSTS, needOf, type Costs, type Need } from '../bench/capacity/plan.ts';
import { ROOT } from '../house/tree.ts';
import { figuresOf } from './benchCharts.ts';

/** Where the plan stands, between its marks. */
export const CAPACITY_PAGE = join(ROOT, 'docs/guides/many-nodes.md');
export const CAPACITY_CHART = join(ROOT, 'docs/images/capacity.svg');
const PART = /(<!-- capacity -->\n)[\s\S]*?(<!-- \/capacity -->)/;
const COUNTS = [1, 5, 34] as const;
const WAYS = ['one log', 'a log each'] as const;

/** What the page of figures says one of each thing costs. Fails: throws when a figure is missing. */
function costsFrom(benchPage: string): Costs {
  const figures = new Map(figuresOf(benchPage).map(({ name, p50 }) => [name, p50]));
  return Object.fromEntries(COSTS.map((name) => {
    const cost = figures.get(`capacity.${name}`);
    if (cost === undefined) throw new Error(`the page of figures has no capacity.${name}`);
    return [name, cost];
  })) as Costs;
}

const said = (value: number): string => (Number.isFinite(value) ? (value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 1 ? 2 : 1)) : 'never');

function lineOf(way: string, need: Need): string {
  const cells = [need.cities, need.cities === 1 ? 'one log' : way, said(need.screens), `${said(need.events.mean)} / ${said(need.events.busiest)}`, said(need.commits), Number.isFinite(need.waitMs) ? `${said(need.waitMs)} ms` : 'falls behind', Number.isFinite(need.servers) ? need.servers : 'none would do', said(need.serverCores), said(need.storeCores), said(need.cameraCores), said(need.wireMbit), said(need.logGbADay)];
  return `| ${cells.join(' | ')} |`;
}

const plans = (costs: Costs): { way: string; need: Need }[] => COUNTS.flatMap((count) => WAYS.slice(0, count === 1 ? 1 : 2).map((way) => ({ way, need: needOf(count, way, costs) })));

const [WIDTH, LABELS, BARS, ROW, HEAD] = [760, 190, 470, 26, 44];
const PARTS = [['servers', '#0f766e', ({ serverCores }: Need) => serverCores], ['store', '#b45309', ({ storeCores }: Need) => storeCores], ['cameras', '#475569', ({ cameraCores }: Need) => cameraCores]] as const;

function chartOf(all: readonly { way: string; need: Need }[]): string {
  const coresOf = (need: Need) => PARTS.reduce((sum, [, , of]) => sum + (Number.isFinite(of(need)) ? of(need) : 0), 0);
  const most = Math.max(...all.map(({ need }) => coresOf(need)));
  const text = (x: number, y: number, words: string, more = '') => `<text x="${x}" y="${y}"${more}>${words}</text>`;
  const bars = all.map(({ way, need }, at) => {
    const top = HEAD + at * ROW;
    let x = LABELS;
    const boxes = PARTS.map(([, colour, of]) => {
      const width = ((Number.isFinite(of(need)) ? of(need) : 0) / most) * BARS;
      const box = `<rect x="${x.toFixed(1)}" y="${top + 4}" width="${width.toFixed(1)}" height="${ROW - 8}" fill="${colour}"/>`;
      x += width;
      return box;
    });
    const label = `${need.cities} ${need.cities === 1 ? 'centre' : `centres, ${way}`}`;
    return `${text(LABELS - 8, top + ROW / 2 + 4, label, ' text-anchor="end"')}${boxes.join('')}${text(Number((x + 6).toFixed(1)), top + ROW / 2 + 4, said(coresOf(need)))}`;
  });
  const legend = PARTS.map(([name, colour], at) => `<rect x="${LABELS + at * 110}" y="24" width="12" height="12" fill="${colour}"/>${text(LABELS + at * 110 + 18, 34, name)}`);
  const height = HEAD + all.length * ROW + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="Noto Sans, sans-serif" font-size="12" fill="#24292f">\n<title>Cores in the busiest minute, by simulation</title><rect width="${WIDTH}" height="${height}" fill="#fff"/>\n${text(12, 18, 'Cores in the busiest minute, by simulation', ' font-size="15" font-weight="600"')}\n${legend.join('')}\n${bars.join('\n')}\n</svg>\n`;
}

/** The guide with the plan that the figures give, and its chart. */
export function capacityPage(guide: string, benchPage: string): { page: string; chart: string } {
  const all = plans(costsFrom(benchPage));
  const most = COUNTS.at(-1)!;
  const [together, apart] = WAYS.map((way) => all.find((plan) => plan.need.cities === most && plan.way === way)!.need) as [Need, Need];
  const share = ({ followShare }: Need) => `${Math.round(followShare * 100)} %`;
  const words = [
    `By simulation, second by second over the busy hour of ${COUNTS.slice(0, -1).join(', ')} and ${COUNTS.at(-1)} centres, seeded, with the costs that \`capacity\` of the bench measured (\`test/bench/capacity/plan.ts\`). A centre of the usual size has ${demand.screens} screens, ${demand.eventsPerS} events a second, ${demand.eventsPerRequest} in a request, ${demand.viewers} tiles with a camera, ${demand.camerasCopied} cameras copied; others are drawn around it, and in ${demand.stormShare * 100} % of them a storm brings ${demand.stormFactor} times as much for ten minutes. A server process is filled to ${demand.coreShare * 100} % of a core in its busiest minute, and each installation has one more than it needs. What the centres ask for is assumed, not measured; what desks and reports read is not in it.`,
    '',
    '| centres | arrangement | screens | events/s mean / busiest minute | commits/s of the busiest log | wait for the head of the log, p99.9 | server processes | their cores | cores of the store | cores for cameras | Mbit/s out | GB of write-ahead log a day |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...all.map(({ way, need }) => lineOf(way, need)),
    '',
    `Each server follows the whole log: with one log for ${most} centres that takes ${share(together)} of what a process may use, with a log each at most ${share(apart)}. So screens and tiles with a camera are divided over servers, cameras over servers of their own, and the log by centre; what crosses between centres goes through federation. ${Number.isFinite(together.waitMs) ? 'The head of one log would still keep up' : 'The head of one log would fall behind'}; one log would also be one fault for all.`,
    '',
    '![Cores in the busiest minute, by simulation](../images/capacity.svg)',
    '',
  ];
  return { page: guide.replace(PART, (_, open: string, close: string) => `${open}${words.join('\n')}${close}`), chart: chartOf(all) };
}

/** As it stands now. */
export const capacityNow = (benchPage: string) => capacityPage(readFileSync(CAPACITY_PAGE, 'utf8'), benchPage);
