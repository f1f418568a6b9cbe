import sharp from 'sharp';
import { call, post } from '../../support/door.ts';
import { INGEST_KEY } from '../../support/product.ts';
import { CANARY, RELATIONS, UNIT, type Relation } from './units.ts';

/** Ids of what was planted in one unit, by the name of its collection. */
export type Planted = Record<string, string>;

const PLACES: Readonly<Record<Relation, [number, number]>> = { own: [108.2212, 16.0678], sibling: [108.2105, 16.0524], parent: [108.2147, 16.0498] };
const COLOURS: Readonly<Record<Relation, string>> = { own: '#204060', sibling: '#602040', parent: '#406020' };
const DAY_MS = 86_400_000;

async function plantPicture(url: string, relation: Relation): Promise<string> {
  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: COLOURS[relation] } }).png().toBuffer();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'anh.png');
  const answer = await fetch(`${url}/api/v1/ingest/attachment`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}` }, body: form });
  return ((await answer.json()) as { id: string }).id;
}

/** Every topic of the door, as one unit would send it. */
function itemsOf(relation: Relation, picture: string, wave: number): Record<string, object> {
  const word = `${CANARY[relation]} đợt ${wave}`;
  const base = { ref: `${CANARY[relation]}-${relation}`, at: Date.now() - 60_000 + wave, unit: UNIT[relation] };
  const placed = { ...base, position: PLACES[relation] };
  const today = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  return {
    alert: { ...placed, kind: 'flood', level: 1, title: `Ngập ${word}`, text: `Chi tiết ${word}`, evidence: [picture] },
    feedback: { ...placed, service: 'urban-order', description: `Phản ánh ${word}`, address: `Số nhà ${word}`, media: [picture] },
    camera: { ...placed, name: `Camera ${word}`, azimuth: 90, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] },
    sensor: { ...placed, kind: 'rain', value: 5 + wave, unitOfMeasure: 'mm', name: `Trạm ${word}` },
    vehicle: { ...placed, speedKmh: 20 + wave, headingDeg: 10, kind: 'police' },
    indicator: { ...base, code: 'KTXH-03', period: `2026-0${8 + (wave % 2)}`, value: 20 },
    dossier: { ...base, procedure: `TT-${CANARY[relation]}`, day: today, received: 40, onTime: 10, overdue: 30 },
    'handling-request': { ...base, title: `Yêu cầu ${word}`, note: `Ghi chú ${word}`, dueAt: Date.now() + DAY_MS },
    assignment: { ...base, title: `Nhiệm vụ ${word}`, dueAt: Date.now() - DAY_MS, progress: 5 },
    document: { ...base, number: '1/TB', issuedOn: today, issuer: `Nơi gửi ${word}`, title: `Văn bản ${word}`, direction: 'in' },
    outreach: { ...base, channel: 'Tổ dân phố', title: `Tuyên truyền ${word}`, reached: 3 },
    'security-event': { ...base, kind: 'malware', severity: 2, asset: `Máy ${word}`, text: `Sự cố ${word}` },
  };
}

/** Sends one wave: the first makes the things, each further one changes them. */
export async function plantWave(url: string, relation: Relation, picture: string, wave: number): Promise<Planted> {
  const ids: Planted = {};
  for (const [topic, item] of Object.entries(itemsOf(relation, picture, wave))) {
    const [result] = await post(url, topic, [{ ...item, key: `${topic}-${relation}-${wave}` }]);
    if (result?.status !== 'accepted') throw new Error(`${topic} of ${relation}: ${JSON.stringify(result)}`);
    ids[topic] = result.id ?? '';
  }
  return ids;
}

/** A citizen's report in the own ward whose reporter carries a word of the parent: wherever the reporter is shown, it counts as a leak. */
export async function plantReporter(url: string, wave: number): Promise<void> {
  const form = new FormData();
  const [lon, lat] = PLACES.own;
  const reporter = { name: `Người dân ${CANARY.parent}`, phone: '0912345678', email: `${CANARY.parent}@example.org` };
  for (const [name, value] of Object.entries({ key: `reporter-of-wave-${wave}`, service: 'environment', description: `Rác chưa thu gom ${CANARY.own}`, lon: String(lon), lat: String(lat), ...reporter })) form.append(name, value);
  const answer = await fetch(`${url}/api/v1/report`, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`the report of a citizen: ${answer.status} ${await answer.text()}`);
}

/** What people add to the things of a unit, so that what is derived carries its word too. */
async function work(url: string, admin: string, relation: Relation, ids: Planted): Promise<void> {
  const word = CANARY[relation];
  const command = (name: string, body: object) => call(url, admin, `/api/v1/commands/${name}`, body);
  await command('alert.comment', { id: ids.alert, text: `Trao đổi ${word}` });
  const person = await call<{ id: string }>(url, admin, '/api/v1/users', { user: `can-bo-${relation}`, name: `Cán bộ ${word}`, position: `Chức vụ ${word}`, roles: ['unit-officer'], units: [UNIT[relation]], password: 'Ngu-Hanh-Son-Nam-Ngon' });
  ids.user = person.id;
  const bookmark = await call<{ id: string }>(url, admin, `/api/v1/cameras/${ids.camera}/bookmarks`, { takenAt: Date.now(), words: `Ghi nhớ ${word}` });
  ids.trace = bookmark.id;
  const set = await call<{ id: string }>(url, admin, '/api/v1/camera-sets', { kind: 'salvo', name: `Bộ camera ${word}`, cameras: [ids.camera], size: 1, dwellS: 10 });
  ids['camera-set'] = set.id;
  const run = await call<{ id: string }>(url, admin, '/api/v1/commands/procedure.start', { alert: ids.alert, code: 'ngap-ung' });
  ids.run = run.id;
  const report = await call<{ id: string }>(url, admin, '/api/v1/reports', { kind: 'ad-hoc', unit: UNIT[relation], from: Date.now() - 7 * DAY_MS, to: Date.now(), title: `Báo cáo ${word}` });
  ids.report = report.id;
}

async function untilCase(url: string, admin: string, unit: string): Promise<string> {
  for (let left = 600; left > 0; left -= 1) {
    const { items } = await call<{ items: { id: string; unit: string }[] }>(url, admin, `/api/v1/cases?unit=${unit}`);
    const found = items.find((item) => item.unit === unit);
    if (found) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no case was opened for ${unit}`);
}

/** Plants something of every kind in each unit; returns the ids and the pictures. */
export async function plantAll(url: string, admin: string): Promise<{ ids: Record<Relation, Planted>; pictures: Record<Relation, string> }> {
  const ids = {} as Record<Relation, Planted>;
  const pictures = {} as Record<Relation, string>;
  for (const relation of RELATIONS) {
    pictures[relation] = await plantPicture(url, relation);
    ids[relation] = await plantWave(url, relation, pictures[relation], 1);
    ids[relation].attachment = pictures[relation];
    await work(url, admin, relation, ids[relation]);
  }
  await plantReporter(url, 1);
  for (const relation of RELATIONS) {
    ids[relation].case = await untilCase(url, admin, UNIT[relation]);
    await call(url, admin, '/api/v1/commands/case.nudge', { id: ids[relation].case, kind: 'nudge', text: `Đôn đốc ${CANARY[relation]}` });
  }
  return { ids, pictures };
}
