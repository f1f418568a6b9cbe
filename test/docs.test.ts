import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS, PUSHES } from '#contract/events.ts';
import { FAULTS } from '#contract/faults.ts';
import { CONFIG_KEYS } from '../server/kernel/config.ts';
import { chartsOf, shareOf } from './docs/benchCharts.ts';
import { BENCH_PAGE, benchPage, CHARTS } from './docs/benchPage.ts';
import { FAULTS_PAGE, faultsPage, keptWith, missingTests } from './faults/report.ts';
import { CAPACITY_CHART, CAPACITY_PAGE, capacityNow } from './docs/capacityPage.ts';
import { CONFIGURATION_GUIDE, configurationGuide } from './docs/configurationGuide.ts';
import { pathsOfTree, ROOT } from './house/tree.ts';

const paths = pathsOfTree();
const documents = paths.filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path)).map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const scripts = new Set(Object.keys((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts));
const linesOf = (path: string) => readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n').length;

type Check = (text: string) => string[];

const textsIn = (content: unknown): string[] => (typeof content === 'string' ? [content] : typeof content === 'object' && content !== null ? Object.values(content).flatMap(textsIn) : []);
/** What screens say in Vietnamese, without what is filled in. */
const said = new Set(paths.filter((path) => /^client\/.*\.vi\.json$/.test(path)).flatMap((path) => textsIn(JSON.parse(readFileSync(join(ROOT, path), 'utf8')))).map((text) => text.replace(/\{\w+\}/g, '').trim()));

const TOP = /^(client|server|layouts|geo|test|docs)(\/[A-Za-z0-9._-]+)*\/?$/;
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
const wordsOf = (text: string) => text.match(/[A-Za-z0-9_./-]+/g) ?? [];

const missingPaths: Check = (text) => [...new Set([...quoted(text), ...wordsOf(text).filter((word) => word.includes('/'))].map((word) => word.replace(/[.,]$/, '')))].filter((word) => TOP.test(word) && !existsSync(join(ROOT, word)));
const missingLinks: Check = (text) => [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1]!);
const missingScripts: Check = (text) => [...text.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1]!).filter((name) => !scripts.has(name));
const missingKeys: Check = (text) => [...text.matchAll(/\b(IOC_[A-Z_]*[A-Z]|[A-Z]+_URL)\b/g)].map((match) => match[1]!).filter((key) => !Object.hasOwn(CONFIG_KEYS, key));
const figures = paths.filter((path) => path.startsWith('test/bench/rows/')).map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');
const isFigure = (word: string) => figures.includes(`'${word}'`);
const missingEvents: Check = (text) => quoted(text).filter((word) => !isFigure(word) && /^(alert|feedback|handling-request|case|wall|topic|log|scenario|direction|clock|presence|procedure)\.[a-z-]+$/.test(word) && !Object.hasOwn(COMMANDS, word) && !Object.hasOwn(PUSHES, word));
const missingFaults: Check = (text) => quoted(text).filter((word) => /^(AUTH|REQUEST|INGEST|LOG|STORE|SERVER|WALL|STATE|CLOCK|COMMAND)_[A-Z_]+$/.test(word) && !Object.hasOwn(FAULTS, word));

const named = (text: string) => [...text.matchAll(/“([^”]+)”/g)].map((match) => match[1]!);
const shouted = (text: string) => (text.match(/(?<!\p{L})\p{Lu}{2,}(?: \p{Lu}{2,})+(?!\p{L})/gu) ?? []).filter((words) => /\P{ASCII}/u.test(words));
const missingNames: Check = (text) => [...named(text), ...shouted(text)].filter((name) => !said.has(name));

test.each(documents.map(({ path, text }) => [path, text] as const))('%s names only what exists', (path, text) => {
  const folder = join(ROOT, path, '..');
  expect({
    paths: missingPaths(text),
    links: missingLinks(text).filter((link) => !existsSync(join(folder, link))),
    scripts: missingScripts(text),
    keys: missingKeys(text),
    events: missingEvents(text),
    faults: missingFaults(text),
  }).toEqual({ paths: [], links: [], scripts: [], keys: [], events: [], faults: [] });
});

test('what does not exist is noticed', () => {
  expect(missingPaths('see `server/nowhere` and server/kernel')).toEqual(['server/nowhere']);
  expect(missingScripts('npm run nothing, npm run bench')).toEqual(['nothing']);
  expect(missingKeys('IOC_NOTHING=1 IOC_PORT=0')).toEqual(['IOC_NOTHING']);
  expect(missingEvents('`alert.explode` and `alert.assign`')).toEqual(['alert.explode']);
  expect(missingFaults('`LOG_EPOCH` or `LOG_NOTHING`')).toEqual(['LOG_NOTHING']);
  expect(missingNames('Bấm “Chỉ đạo”, rồi “Chỉ đạo ngay”; chữ DIỄN TẬP, chữ TẬP DƯỢT')).toEqual(['Chỉ đạo ngay', 'TẬP DƯỢT']);
});

test.each(documents.filter(({ path }) => path.startsWith('docs/guides/user/')).map(({ path, text }) => [path, text] as const))('%s calls what is on a screen by its name there', (_path, text) => {
  expect(missingNames(text)).toEqual([]);
});

test('documents stay short', () => {
  expect(linesOf('README.md')).toBeLessThanOrEqual(100);
  const decisions = paths.filter((path) => /^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/.test(path));
  expect(decisions.length).toBeGreaterThanOrEqual(7);
  for (const path of decisions) {
    expect(linesOf(path), path).toBeLessThanOrEqual(60);
    expect(readFileSync(join(ROOT, path), 'utf8'), path).toContain('How we would know it is wrong');
  }
});

test('the page of figures names rows that are measured, and a new run finds its place', () => {
  const page = readFileSync(BENCH_PAGE, 'utf8');
  const named = [...page.matchAll(/^\| `([a-z0-9.-]+)` \|/gm)].map((match) => match[1]!);
  const isMeasured = (name: string) => name.split('.').some((_, end, parts) => figures.includes(parts.slice(0, end + 1).join('.')));
  expect(named.filter((name) => !isMeasured(name))).toEqual([]);
  const result = { name: 'start.second', value: 4321, unit: 'ms', ratio: 0.54, against: 'aim', n: 3, p50: 4321, p95: 5000, aim: '≤ 8000 ms' };
  const machine = { cpu: 'X', cores: 2, memoryGiB: 8, node: '24', platform: 'linux', loadBefore: 0.2 };
  expect(benchPage(page, [{ machine, results: [result] }])).toContain('| `start.second` | 4321 ms | 4321 / 5000 | 3 | 0.54 × aim | ≤ 8000 ms | 0.20 |');
});

test('the charts of the figures are those of the table, each on the page and light', () => {
  const page = readFileSync(BENCH_PAGE, 'utf8');
  for (const [file, chart] of chartsOf(page)) {
    expect(readFileSync(join(CHARTS, file), 'utf8'), file).toBe(chart);
    expect(page).toContain(`](images/${file})`);
    expect(Buffer.byteLength(chart), file).toBeLessThan(16 * 1024);
  }
});

test('the plan for many centres is the one the figures give, and the same seed gives the same hour', () => {
  const { page, chart } = capacityNow(readFileSync(BENCH_PAGE, 'utf8'));
  expect(readFileSync(CAPACITY_PAGE, 'utf8')).toBe(page);
  expect(readFileSync(CAPACITY_CHART, 'utf8')).toBe(chart);
  expect(page).toContain('](../images/capacity.svg)');
});

test.each([
  [{ unit: 'ms', p50: 250, p95: 600, ratio: 0.5, aim: 'p95 ≤ 500 ms' }, { p50: 0.5, p95: 1.2 }],
  [{ unit: 'ms', p50: 250, p95: 600, ratio: 0.3, aim: '≤ 0.6 ×' }, { p50: 0.5, p95: undefined }],
  [{ unit: 'rows/s', p50: 400, p95: 500, ratio: 0.25, aim: '≥ 0.5 ×' }, { p50: 2, p95: undefined }],
  [{ unit: 'ms', p50: 500, p95: 2000, ratio: null, aim: '≤ 1 s' }, { p50: 0.5, p95: 2 }],
  [{ unit: 'ms', p50: 1, p95: 2, ratio: null, aim: 'reported' }, undefined],
])('a figure is drawn as a share of its aim: %j', (figure, share) => {
  const drawn = shareOf({ name: 'x', ...figure });
  expect(drawn && { p50: drawn.p50, p95: drawn.p95 }).toEqual(share);
});

test('the page of faults equals its table, and every row of it names tests that are there', () => {
  expect(missingTests()).toEqual([]);
  expect(readFileSync(FAULTS_PAGE, 'utf8')).toBe(faultsPage());
});

test('a run puts what it found into the page; what it did not run stays as it was', () => {
  const was = { outcome: 'held', tests: 1, seconds: 9, on: '01/11/2026', isFull: true };
  const found = (fault: string, outcome: 'held' | 'broken' | 'not run') => ({ fault, promise: '', full: '', outcome, tests: [{ file: 'a', name: 'b', passed: 2, failed: outcome === 'broken' ? 1 : 0, seconds: 4 }] });
  const count = (what: string, counts: string) => ({ what, counts, on: '02/11/2026', load: '1' });
  const kept = keptWith({ rows: { frozen: was, full: was }, lines: [count('a', 'old'), count('b', 'old')] }, [found('frozen', 'broken'), found('full', 'not run')], [count('b', 'new')], { on: '02/11/2026', isFull: false });
  expect(kept).toEqual({ rows: { frozen: { outcome: 'broken', tests: 3, seconds: 4, on: '02/11/2026', isFull: false }, full: was }, lines: [count('a', 'old'), count('b', 'new')] });
});

test('the guide of settings equals the code', () => {
  expect(readFileSync(CONFIGURATION_GUIDE, 'utf8')).toBe(configurationGuide());
});

test('every role has a guide that shows its page, small enough to travel with the code', () => {
  const guides = paths.filter((path) => /^docs\/guides\/user\/[^/]+\.md$/.test(path)).map((path) => readFileSync(join(ROOT, path), 'utf8'));
  const tours = Object.keys(JSON.parse(readFileSync(join(ROOT, 'client/screens/learn/tours.json'), 'utf8')) as object);
  for (const role of tours) {
    const guide = guides.find((text) => text.includes(`/learn/${role}`));
    expect(guide, role).toContain(`](../../images/guide-${role}.jpg)`);
    expect(statSync(join(ROOT, `docs/images/guide-${role}.jpg`)).size, role).toBeLessThanOrEqual(120 * 1024);
  }
});
