import { readFileSync } from 'node:fs';
import { call, post, signIn } from '../../support/door.ts';
import { makeOfficer } from '../../support/people.ts';

const UNIT = '20242';
const OTHER_UNIT = '20257';
const DAY_MS = 86_400_000;
/** Some doors take few things: they get as many payloads as they hold. */
const MOST = { notes: 100, cameraSets: 40, sessions: 20, scenes: 20, milestones: 50, keys: 60, moves: 40, steps: 120 } as const;
const AT_ONCE = 5;
const PASSWORD = 'Ngu-Hanh-Son-Nam-Ngon';

const { shapes, coats } = JSON.parse(readFileSync(new URL('./markup.json', import.meta.url), 'utf8')) as { shapes: string[]; coats: string[] };

/** The word that shows that payload `n` is really on a page. */
export const wordOf = (n: number): string => `CHU${String(n).padStart(3, '0')}X`;
export const WORDS = /CHU\d{3}X/g;

/** Every shape in every coat, each behind its word; a reduced run takes each shape once, in another coat. */
export function payloads(isFull: boolean): string[] {
  const all = shapes.flatMap((shape, row) => coats.map((coat, column) => ({ text: coat.replace('*', () => shape), isShort: column === row % coats.length })));
  return all.filter(({ isShort }) => isFull || isShort).map(({ text }, n) => `${wordOf(n)} ${text.replaceAll('PROBE', `window.__reached(${n})`).replaceAll('\0', ' ')}`);
}

/** What the screens are opened with. */
export interface PlantedMarkup {
  alerts: string[];
  caseId: string;
  report: string;
  /** A service that was moved back and forth, with reasons and papers. */
  service: string;
  scenario: string;
  /** Who works in the unit everything belongs to. */
  officer: string;
}

/** Puts every payload into every text that people or sources can write, through the doors they have. */
export async function plantMarkup(url: string, admin: string, texts: readonly string[]): Promise<PlantedMarkup> {
  const command = <T = unknown>(name: string, body: object, cookie = admin) => call<T>(url, cookie, `/api/v1/commands/${name}`, body);
  const put = async (path: string, body: object) => {
    const answer = await fetch(`${url}${path}`, { method: 'PUT', headers: { cookie: admin, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}: ${await answer.text()}`);
  };
  const officer = await makeOfficer(url, admin, 'can-bo-20242', UNIT);
  const base = (n: number) => ({ at: Date.now() - 1000 * n, unit: UNIT, position: [108.2 + (n % 20) / 500, 16.03 + Math.floor(n / 20) / 300] });
  const day = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  const topics: Record<string, (text: string) => object> = {
    alert: (text) => ({ kind: 'flood', level: 1, title: text, text }),
    feedback: (text) => ({ service: 'urban-order', description: text, address: text }),
    camera: (text) => ({ name: text, azimuth: 0, fieldOfView: 60, rangeM: 80 }),
    sensor: (text) => ({ kind: 'rain', value: 5, unitOfMeasure: 'mm', name: text }),
    'handling-request': (text) => ({ title: text, note: text, dueAt: Date.now() + DAY_MS }),
    assignment: (text) => ({ title: text, dueAt: Date.now() - DAY_MS, progress: 5 }),
    document: (text) => ({ number: '1/TB', issuedOn: day, issuer: text, title: text, direction: 'in' }),
    outreach: (text) => ({ channel: text, title: text, reached: 1 }),
    'security-event': (text) => ({ kind: 'malware', severity: 2, asset: text, text }),
  };
  const ids: Record<string, string[]> = {};
  for (const [topic, item] of Object.entries(topics)) {
    const results = await post(url, topic, texts.map((text, n) => ({ ...base(n), key: `${topic}-${n}`, ...item(text) })));
    const refused = results.filter(({ status }) => status !== 'accepted');
    if (refused.length > 0) throw new Error(`${topic}: ${JSON.stringify(refused[0])}`);
    ids[topic] = results.map(({ id }) => id ?? '');
  }
  await post(url, 'indicator', [{ ...base(0), key: 'thap', code: 'KTXH-03', period: '2026-09', value: 20 }]);

  const answered = await post(url, 'feedback', texts.map((text, n) => ({ ...base(n), key: `tra-loi-${n}`, service: 'environment', description: text })));
  const plantOne = async (text: string, n: number) => {
    await command('direction.issue', { unit: UNIT, text });
    await command('alert.comment', { id: ids.alert![0], text });
    await call(url, admin, '/api/v1/directives', { number: text.slice(0, 120), kind: 'letter', issuedOn: day, issuer: text.slice(0, 200), title: text });
    await call(url, admin, '/api/v1/users', { user: `nguoi-${n}`, name: text.slice(0, 200), position: text.slice(0, 200), roles: ['guest'], units: null, password: PASSWORD });
    if (n < MOST.keys) {
      const { key } = await call<{ key: string }>(url, admin, '/api/v1/keys', { id: `nguon${n}`, name: text.slice(0, 200), topics: ['outreach'], provenance: 'real' });
      await post(url, 'outreach', [{ ...base(n), key: `nguon-${n}`, channel: text, title: text, reached: 1 }], key);
    }
    await put(`/api/v1/connectors/ket-noi-${n}`, { connector: { id: `ket-noi-${n}`, name: text.slice(0, 100), topic: 'alert', provenance: 'real', way: { kind: 'webhook' }, format: 'json', items: '', mapping: { map: { title: { value: text } } }, schedule: { everyS: 60 } }, secrets: {}, rev: 0 });
    await put(`/api/v1/rollout/outreach/dong-${n}`, { rev: 0, reason: '', body: { on: day, channel: text.slice(0, 120), title: text, what: 'reached', count: 1 } });
    await put(`/api/v1/rollout/pilot/khu-${n}`, { rev: 0, reason: '', body: { area: text.slice(0, 120), service: 'urban-order', vendor: text.slice(0, 60), plannedFrom: day, plannedTo: day, beganOn: null, endedOn: null, note: text } });
    if (n < MOST.notes) await call(url, admin, '/api/v1/duty/log', { form: 'note', words: text });
    if (n < MOST.cameraSets) await call(url, admin, '/api/v1/camera-sets', { kind: 'salvo', name: text.slice(0, 100), cameras: [ids.camera![n]], size: 1, dwellS: 10 });
    await call(url, admin, '/api/v1/guarded-exports', { what: 'accounts', reason: text });
    await command('bookmark.add', { at: Date.now() - 1000, name: text.slice(0, 200) });
    const { id: requestId } = await command<{ id: string }>('feedback.assign', { id: answered[n]!.id, unit: UNIT });
    await command('handling-request.accept', { id: requestId });
    await command('handling-request.carry-out', { id: requestId, result: text });
    await command('feedback.answer', { id: answered[n]!.id, answer: text });
    await call(url, admin, '/api/v1/streets/events', { kind: 'planned', title: text, position: base(n).position, fromAt: Date.now(), toAt: null });
    if (n < MOST.sessions) await signIn(url, `nguoi-${n}`, PASSWORD);
    if (n < MOST.scenes) {
      await command('scene.save', { scene: { schema: 2, id: `bo-cuc-${n}`, name: { vi: text, en: text }, size: [3840, 2160], tiles: [{ id: 'chu', widget: 'text', rect: { x: 0, y: 0, width: 3840, height: 2160 }, title: { vi: text, en: text }, settings: { vi: text } }] } });
      await command('scene.publish', { id: `bo-cuc-${n}`, version: 1 });
    }
  };
  for (let at = 0; at < texts.length; at += AT_ONCE) await Promise.all(texts.slice(at, at + AT_ONCE).map((text, index) => plantOne(text, at + index)));
  const report = await call<{ id: string }>(url, admin, '/api/v1/reports', { kind: 'ad-hoc', unit: UNIT, from: Date.now() - 7 * DAY_MS, to: Date.now() + DAY_MS, title: texts[0]!.slice(0, 300) });
  const { items: cases } = await call<{ items: { id: string }[] }>(url, admin, `/api/v1/cases?unit=${UNIT}`);
  const caseId = cases[0]?.id ?? '';
  for (const text of texts) await command('case.nudge', { id: caseId, kind: 'nudge', text });
  await command('case.plan', { id: caseId, cause: texts[0], solution: texts[1], milestones: texts.slice(0, MOST.milestones).map((text) => ({ title: text.slice(0, 300), dueAt: Date.now() + DAY_MS })) });
  await command('case.obstacle', { id: caseId, unit: OTHER_UNIT, text: texts[2] });
  const { document } = await call<{ document: { sections: { id: string }[] } }>(url, admin, `/api/v1/reports/${report.id}`);
  const perSection = Math.ceil(texts.length / document.sections.length);
  const written = await fetch(`${url}/api/v1/reports/${report.id}`, { method: 'PATCH', headers: { cookie: admin, 'content-type': 'application/json' }, body: JSON.stringify({ texts: Object.fromEntries(document.sections.map(({ id }, index) => [id, texts.slice(index * perSection, (index + 1) * perSection).join('\n')])) }) });
  if (!written.ok) throw new Error(`the report's words: HTTP ${written.status}: ${await written.text()}`);
  const { centre } = await call<{ centre: object }>(url, admin, '/api/v1/setup');
  await put('/api/v1/centre', { ...centre, name: texts[0], helpDesk: { name: texts[1]!.slice(0, 120), phone: texts[2]!.slice(0, 120), email: texts[3]!.slice(0, 120), hours: texts[4]!.slice(0, 120) } });
  const { items: services } = await call<{ items: { id: string; standing: { is: string } }[] }>(url, admin, '/api/v1/services');
  const service = services.find(({ standing }) => standing.is !== 'blocked')?.id ?? '';
  for (const [n, text] of texts.slice(0, MOST.moves).entries()) await call(url, admin, `/api/v1/services/${service}/state`, { state: n % 2 === 0 ? 'blocked' : 'planned', reason: text.slice(0, 500), approval: text.slice(0, 200) });
  const both = (text: string | undefined) => ({ vi: text ?? '', en: text ?? '' });
  const steps = texts.slice(0, MOST.steps).map((text, n) => ({ id: `buoc-${n}`, at: n * 10, on: 'next', chapter: both(text), scene: 'toan-canh', narration: both(text), notes: both(text) }));
  const scenario = { schema: 1, id: 'kich-ban-thu', name: both(texts[0]), summary: both(texts[1]), kind: 'show', goals: [both(texts[2])], seed: 1, clock: { starts: '08:00', lengthS: 14_000 }, steps };
  const { yaml } = await command<{ yaml: string }>('scenario.write', { scenario });
  const saved = await command<{ version: number | null; faults: object[] }>('scenario.save', { yaml });
  if (saved.version === null) throw new Error(`the scenario: ${JSON.stringify(saved.faults[0])}`);
  return { alerts: ids.alert!, caseId, report: report.id, service, scenario: scenario.id, officer: officer.cookie };
}
