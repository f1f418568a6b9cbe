/** A line of the table of figures, as the page holds it. */
export interface Figure {
  name: string;
  unit: string;
  p50: number;
  p95: number;
  ratio: number | null;
  aim: string;
}

/** A figure against its aim. Units: 1 is the aim; less is better. */
export interface Share {
  name: string;
  p50: number;
  /** Absent where the aim is about a ratio: there is one of it. */
  p95: number | undefined;
  said: string;
}

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));
const LINE = /^\| `([^`]+)` \| (?:unstable: )?([-\d.,]+) ?([^|]*?) \| ([-\d.,]+) \/ ([-\d.,]+) \| [^|]+ \| ([^|]+) \| ([^|]*) \|/gm;

/** Every figure of the page, unstable ones left out. */
export function figuresOf(page: string): Figure[] {
  return [...page.matchAll(LINE)]
    .filter(([line]) => !line.includes('| unstable: '))
    .map(([, name, , unit, p50, p95, held, aim]) => {
      const ratio = /^([\d.]+) × /.exec(held!)?.[1];
      return { name: name!, unit: unit!, p50: numberOf(p50!), p95: numberOf(p95!), ratio: ratio === undefined ? null : Number(ratio), aim: aim! };
    });
}

const AIM = /(≤|≥|<) ([\d.,]*\d) ?(×|ms|s|MiB|B|px)?/;

/** A figure as a share of its aim. Fails: undefined for a figure that is only reported. */
export function shareOf({ name, unit, p50, p95, ratio, aim }: Figure): Share | undefined {
  const found = AIM.exec(aim);
  if (!found) return undefined;
  const [said, sign, text, of] = found;
  const limit = numberOf(text!) * (of === 's' && unit === 'ms' ? 1000 : 1);
  const share = (value: number) => (sign === '≥' ? limit / value : value / limit);
  if (of === '×') return ratio === null ? undefined : { name, p50: share(ratio), p95: undefined, said: `${ratio} ×, aim ${said}` };
  return { name, p50: share(p50), p95: share(p95), said: `${p50} / ${p95} ${unit}, aim ${said}` };
}

const LABELS = 250;
const BARS = 300;
const WORDS = 250;
const ROW = 22;
const HEAD = 44;
const FOOT = 12;
/** A bar that is longer ends in an arrow. Units: aims. */
const FARTHEST = 2;
const INK = '#24292f';
const INSIDE = '#0f766e';
const BEYOND = '#b45309';

const x = (share: number): number => LABELS + (Math.min(share, FARTHEST) / FARTHEST) * BARS;
const text = (at: number, y: number, words: string, more = ''): string => `<text x="${at}" y="${y}"${more}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
const places = (value: number): string => value.toFixed(1);

function barOf({ name, p50, p95, said }: Share, at: number): string {
  const top = HEAD + at * ROW;
  const middle = top + ROW / 2;
  const colour = p50 <= 1 ? INSIDE : BEYOND;
  const far = p95 === undefined ? '' : `<path d="M${places(x(p50))} ${middle}H${places(x(p95))}M${places(x(p95))} ${middle - 4}v8" stroke="${p95 <= 1 ? INSIDE : BEYOND}" stroke-width="2"/>`;
  const arrow = Math.max(p50, p95 ?? 0) > FARTHEST ? text(x(FARTHEST) + 2, middle + 4, '▸') : '';
  return `${text(LABELS - 8, middle + 4, name, ' text-anchor="end"')}<rect x="${LABELS}" y="${top + 4}" width="${places(Math.max(1, x(p50) - LABELS))}" height="${ROW - 8}" fill="${colour}"/>${far}${arrow}${text(LABELS + BARS + 16, middle + 4, said)}`;
}

/** One chart: a bar to the median of each figure, a whisker to its 95th percentile, a line where the aim is. */
export function chartOf(title: string, shares: readonly Share[]): string {
  const width = LABELS + BARS + 16 + WORDS;
  const height = HEAD + shares.length * ROW + FOOT;
  const line = `<path d="M${x(1)} ${HEAD - 6}V${height - FOOT + 4}" stroke="${INK}" stroke-dasharray="3 3"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="Noto Sans, sans-serif" font-size="12" fill="${INK}">`,
    `<title>${title}: figures against their aims</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    text(12, 20, title, ' font-size="15" font-weight="600"'),
    text(x(1), HEAD - 12, 'aim', ' text-anchor="middle"'),
    line,
    ...shares.map(barOf),
    '</svg>',
    '',
  ].join('\n');
}

/** Groups in the order of the page, with the words above each chart. */
const GROUPS: readonly { file: string; title: string; of: RegExp }[] = [
  { file: 'server', title: 'Server: start, memory, door, log', of: /^(start|memory|ingest|log|storm|replay|points|camera-search)\b/ },
  { file: 'fanout', title: 'From one server to many screens', of: /^(fanout|frames)\./ },
  { file: 'wall', title: 'Wall, map and scenes', of: /^(latency|wall|map|scenario|service)\./ },
  { file: 'work', title: 'Work at the desk, indicators', of: /^(work|red|indicatorImport)\./ },
  { file: 'cameras', title: 'Cameras', of: /^(camera|camera-server)\./ },
];

/** The charts of a page of figures, by file name. */
export function chartsOf(page: string): Map<string, string> {
  const shares = figuresOf(page).flatMap((figure) => shareOf(figure) ?? []);
  return new Map(GROUPS.map(({ file, title, of }) => [`bench-${file}.svg`, chartOf(title, shares.filter(({ name }) => of.test(name)))]));
}
