import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceCoverage } from '#contract/procedure.ts';
import type { ServicesAnswer, VendorsAnswer } from '#contract/service.ts';
import { isOn } from '../domain/service/moves.ts';
import { createSilentLog } from '../kernel/log.ts';
import { followCatalogue, type ServiceFolders } from '../start/catalogue.ts';
import { ROOT } from '../start/root.ts';
import { createProcedures } from '../store/procedures/procedures.ts';
import { createRedBench, DAY, type RedBench } from '../store/red/testing/bench.ts';
import { createServices } from '../store/services/services.ts';
import { createStandings } from '../store/services/standings.ts';
import { createTestApp, type TestApp } from './testing/app.ts';

const root = mkdtempSync(join(tmpdir(), 'toan-canh-services-'));
let bench: RedBench;
let folders: ServiceFolders;
let app: TestApp;

beforeAll(async () => {
  for (const folder of ['server/services', 'layouts']) cpSync(join(ROOT, folder), join(root, folder), { recursive: true });
  bench = await createRedBench('embedded');
  const { engine, clock } = bench;
  const standings = await createStandings(engine);
  folders = await followCatalogue({ root, log: createSilentLog(), use: bench.red.use, isOn: (id, pack) => pack === undefined || isOn(pack, standings.now(id, pack)) });
  const procedures = await createProcedures({ engine, clock });
  app = await createTestApp((deps) => ({ ...deps, clock, procedures, services: createServices({ engine, clock, folders, standings, procedures }) }));
}, 120_000);
afterAll(async () => {
  await app.close();
  await folders.close();
  await bench.close();
  rmSync(root, { recursive: true, force: true });
});

const call = async <T>(method: 'GET' | 'POST', url: string, payload?: object, person = 'admin') => {
  const answer = await app.app.inject({ method, url, headers: { cookie: `__Host-ioc=${person}` }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json<T & { fault: { code: string; detail?: string } }>() };
};
const list = async () => (await call<ServicesAnswer>('GET', '/api/v1/services')).body;
const service = async (id: string) => (await list()).items.find((one) => one.id === id)!;
const move = (id: string, state: string, more: object = {}, person?: string) => call<{ standing: { is: string } }>('POST', `/api/v1/services/${id}/state`, { state, reason: 'Họp giao ban', ...more }, person);
const source = (id: string, provenance: 'real' | 'simulated') => ({ id, name: `Nguồn ${id}`, topics: null, provenance });
const tell = (code: string, value: number, from: ReturnType<typeof source>, period = '2026-09', unit = 'SM-A', at = bench.clock.now()) => bench.send('indicator', [{ key: `${from.id}-${code}-${unit}-${period}`, at, unit, code, period, value }], from);

describe('the services', () => {
  it('are the five, the four and the later two, by their official names, with about 150 indicators', async () => {
    const { items, refused } = await list();
    expect(refused).toEqual([]);
    expect(Map.groupBy(items, ({ group }) => group)).toMatchObject({ size: 3 });
    expect(['official', 'trial', 'later'].map((group) => items.filter((one) => one.group === group).map(({ name }) => name.vi))).toEqual([
      ['Giám sát, điều hành kinh tế và xã hội', 'Giám sát an ninh trật tự đô thị và điều hành giao thông', 'Phản ánh hiện trường', 'Giám sát an toàn thông tin mạng', 'Giám sát hệ thống dịch vụ công trực tuyến'],
      ['Y tế', 'Giáo dục', 'Du lịch', 'Môi trường'],
      ['Giám sát hệ thống quản lý văn bản và điều hành', 'Giám sát thông tin trên môi trường mạng'],
    ]);
    expect(items.reduce((sum, { figures }) => sum + figures.indicators, 0)).toBe(150);
    expect(items.every(({ sources, standing }) => sources.length > 0 && standing.reason !== '')).toBe(true);
  });

  it('have a procedure in force for every kind of alert they answer for; one that is withdrawn leaves a hole that is seen', async () => {
    const covered = async () => (await call<{ items: ServiceCoverage[] }>('GET', '/api/v1/procedures/coverage/services')).body.items;
    const holes = async () => (await covered()).flatMap(({ service: id, kinds }) => kinds.filter(({ procedures }) => procedures.length === 0).map(({ kind }) => `${id} ${kind}`));
    expect((await covered()).filter(({ kinds }) => kinds.length > 0)).toHaveLength(9);
    expect(await holes()).toEqual([]);
    expect((await call('POST', '/api/v1/procedures/chay-no/1/state', { state: 'withdrawn', reason: 'Thay bằng quy trình của thành phố' })).status).toBe(200);
    expect(await holes()).toEqual(['urban-order-traffic fire']);
  });

  it('go from trial to official only with a real source for each required indicator; the refusal lists the rest', async () => {
    const { missing } = await service('health');
    expect(missing).toHaveLength(6);
    const refused = await move('health', 'pilot');
    expect([refused.status, refused.body.fault.code]).toEqual([409, 'SERVICE_SOURCES']);
    expect(refused.body.fault.detail).toContain('YT-01 Công suất sử dụng giường bệnh (Hệ thống thông tin bệnh viện); YT-02');
    for (const { code } of missing) await tell(code, 50, source('his', 'real'));
    expect((await move('health', 'pilot')).body).toMatchObject({ standing: { is: 'pilot' }, missing: [] });
    for (const code of ['YT-05', 'YT-06']) await tell(code, 51, source('mau', 'simulated'), '2026-10');
    const again = await move('health', 'official');
    expect(again.body.fault.detail?.split('; ').map((line) => line.slice(0, 5))).toEqual(['YT-05', 'YT-06']);
    expect((await service('health')).history.map(({ is }) => is)).toEqual(['pilot', 'planned']);
  });

  it('may be moved by administrators, by a way that is there', async () => {
    expect((await move('tourism', 'blocked', {}, 'operator')).status).toBe(403);
    expect((await move('tourism', 'official')).body.fault.code).toBe('STATE_STEP');
    expect((await move('nobody', 'blocked')).status).toBe(404);
  });

  it('keep media monitoring off until the paper is there', async () => {
    expect(await service('media-monitoring')).toMatchObject({ isOn: false, standing: { is: 'blocked' } });
    expect([...bench.red.catalogue().indicators.keys()]).not.toContain('TTM-01');
    expect((await move('media-monitoring', 'planned')).body.fault.code).toBe('SERVICE_APPROVAL');
    expect((await move('media-monitoring', 'planned', { approval: 'Văn bản mẫu số 01/VB-M ngày 01/10/2026' })).status).toBe(200);
    expect([...bench.red.catalogue().indicators.keys()]).toContain('TTM-01');
    await move('media-monitoring', 'blocked');
    expect([...bench.red.catalogue().indicators.keys()]).not.toContain('TTM-01');
  });
});

describe('two vendors of one service', () => {
  it('stand side by side with what differs, how soon and how often late', async () => {
    const due = Date.parse('2026-10-04T09:00:00+07:00');
    await tell('MT-01', 21, source('tram-a', 'simulated'), '2026-09', 'SM-B', due - DAY);
    await tell('MT-01', 24.5, source('tram-b', 'simulated'), '2026-09', 'SM-B', due);
    await tell('MT-02', 40, source('tram-a', 'simulated'), '2026-09', 'SM-B', due);
    await tell('MT-02', 40, source('tram-b', 'simulated'), '2026-09', 'SM-B', due);
    const { body } = await call<VendorsAnswer>('GET', `/api/v1/services/environment/vendors?from=${due - 90 * DAY}&to=${due + DAY}`);
    expect(body.compared.map(({ code, isDiffering, spread, said }) => [code, isDiffering, spread, said.map(({ value }) => value)])).toEqual([['MT-01', true, 3.5, [21, 24.5]], ['MT-02', false, 0, [40, 40]]]);
    expect(body.scores.map(({ source: id, overdueShare, values }) => [id, overdueShare, values])).toEqual([['tram-a', 0.5, 2], ['tram-b', 1, 2]]);
    expect(body.months[0]).toMatchObject({ month: '2026-10', values: 4, late: 3, units: 1 });
    expect((await call('GET', '/api/v1/services/environment/vendors?from=5&to=4')).status).toBe(400);
  });
});

describe('a tenth service', () => {
  const indicators = (count: number, unitOfMeasure: string) =>
    Array.from({ length: count }, (_, index) => `  - { code: NN-${index + 1}, name: { vi: "Chỉ tiêu ${index + 1}", en: "Indicator ${index + 1}" }, unitOfMeasure: { vi: "${unitOfMeasure}", en: "x" }, direction: higher, period: month, goal: nn, ownerKind: agency, source: "Báo cáo ngành", legalBasis: "mức mẫu", reportDueDays: 5, rules: [{ from: 2020-01-01, red: 0.8, amber: 0.9, low: 0.6 }], targets: [{ from: 2020-01-01, value: 10 }] }`).join('\n');
  const write = (unitOfMeasure: string) => {
    const folder = join(root, 'server/services/agriculture');
    mkdirSync(join(folder, 'catalogue'), { recursive: true });
    writeFileSync(join(folder, 'service.yaml'), 'service: agriculture\nname: { vi: "Nông nghiệp", en: "Agriculture" }\ngroup: later\nstate: { is: planned, since: 2026-10-01, reason: "Mới khai báo" }\nvendors: []\nsources: [{ id: nganh, name: "Báo cáo ngành" }]\nrequired: [NN-1]\nscene: kinh-te-xa-hoi\nalertKinds: []\nmapLayers: []\nreportFigures: []\n');
    writeFileSync(join(folder, 'catalogue/nong-nghiep.yaml'), `service: agriculture\nname: { vi: "Nông nghiệp", en: "Agriculture" }\ngoals: [{ code: nn, name: { vi: "Nông nghiệp", en: "Agriculture" } }]\nindicators:\n${indicators(30, unitOfMeasure)}\n`);
  };

  it('of 30 indicators is data only and comes without a restart', async () => {
    write('%');
    await expect.poll(async () => (await service('agriculture'))?.figures.indicators, { timeout: 20_000 }).toBe(30);
    await tell('NN-1', 5, source('nganh', 'real'));
    expect((await bench.status('indicator/NN-1/SM-A'))?.level).toBe('red');
  });

  it('that becomes wrong is refused with file, line and reason, and stays as it was', async () => {
    write('thước');
    await expect.poll(async () => (await list()).refused[0], { timeout: 20_000 }).toMatchObject({ service: 'agriculture', file: 'server/services/agriculture/catalogue/nong-nghiep.yaml', line: 5, reason: 'chỉ tiêu NN-1: không có đơn vị đo thước', isKept: true });
    expect((await service('agriculture')).figures.indicators).toBe(30);
    expect((await list()).items).toHaveLength(12);
  });
});
