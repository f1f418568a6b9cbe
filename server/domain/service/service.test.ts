import { describe, expect, it } from 'vitest';
import type { SourceText } from '../indicator/readYaml.ts';
import { boundsOf, rulesOf } from './gauges.ts';
import { isOn, mayMove } from './moves.ts';
import { readServices } from './readServices.ts';
import { foldersOf, settle, type Folders } from './settle.ts';

const MANIFEST = `service: cay-xanh
name: { vi: "Cây xanh", en: "Trees" }
group: later
state: { is: planned, since: 2026-01-01, reason: "Mới" }
vendors: []
sources:
  - { id: so, name: "Báo cáo ngành" }
required: [CX-01]
scene: cay-xanh
alertKinds: []
mapLayers: [sensors]
reportFigures: []
`;
const indicator = (code: string, more = '') => `  - code: ${code}
    name: { vi: "Số cây", en: "Trees" }
    unitOfMeasure: { vi: "%", en: "%" }
    direction: higher
    period: month
    goal: xanh
    ownerKind: agency
    source: "Báo cáo ngành"
    legalBasis: "Quy chế của địa phương"
    reportDueDays: 5
${more}    rules: [{ from: 2020-01-01, red: 0.8, amber: 0.9, low: 0.6 }]
`;
const CATALOGUE = `service: cay-xanh
name: { vi: "Cây xanh", en: "Trees" }
goals: [{ code: xanh, name: { vi: "Xanh", en: "Green" } }]
indicators:
${indicator('CX-01')}${indicator('CX-02')}`;
const gauge = (more: string) => MANIFEST.replace('alertKinds: []', 'alertKinds: [environment]') + `gauges:
  - { kind: do-am, name: { vi: "Độ ẩm đất", en: "Soil moisture" }, unitOfMeasure: "%", ${more} }
`;
const DRY = 'worse: below, amber: 30, red: 15, alert: { code: dat-kho, title: "Đất khô", kind: environment, level: 3, clear: 20, holdMinutes: 10 }';
const files = (manifest = MANIFEST, catalogue = CATALOGUE, id = 'cay-xanh'): SourceText[] => [
  { file: `server/services/${id}/service.yaml`, text: manifest },
  { file: `server/services/${id}/catalogue/a.yaml`, text: catalogue },
];
const SCENES = new Map<string, { file: string; line: number; reason: string }[]>([['cay-xanh', []], ['hong', [{ file: 'layouts/scenes/hong.yaml', line: 12, reason: 'không có widget moss-board' }]]]);
const read = (sources: readonly SourceText[], fresh: ReadonlySet<string> = new Set(['cay-xanh'])) => readServices(sources, 'v', { layers: new Set(['sensors']), figures: new Set(['indicator-values']), fresh, sceneFaults: (id) => SCENES.get(id) });
const faultsOf = (sources: readonly SourceText[]) => read(sources).faults.map(({ file, line, reason }) => `${file.replace('server/services/cay-xanh/', '')}:${line} ${reason}`);

describe('a folder of a service', () => {
  it('is taken when everything it leans on is there', () => {
    const answer = read(files());
    expect(answer.faults).toEqual([]);
    expect([...answer.packs.keys(), ...answer.catalogue!.indicators.keys()]).toEqual(['cay-xanh', 'CX-01', 'CX-02']);
  });

  it.each([
    ['an unknown unit of measure', files(undefined, CATALOGUE.replace('{ vi: "%", en: "%" }', '{ vi: "thước", en: "yards" }')), 'catalogue/a.yaml:7 chỉ tiêu CX-01: không có đơn vị đo thước'],
    ['a source nobody named', files(undefined, CATALOGUE.replace('source: "Báo cáo ngành"', 'source: "Ai đó"')), 'catalogue/a.yaml:12 chỉ tiêu CX-01: nguồn "Ai đó" không có trong service.yaml'],
    ['a formula that comes back to itself', files(undefined, `service: cay-xanh\nname: { vi: a, en: a }\ngoals: [{ code: xanh, name: { vi: a, en: a } }]\nindicators:\n${indicator('CX-01', '    formula: { CX-02: 1 }\n')}${indicator('CX-02', '    formula: { CX-01: 1 }\n')}`), 'catalogue/a.yaml:15 công thức đi vòng: CX-01 → CX-02 → CX-01'],
    ['a scene with a widget that is gone', files(MANIFEST.replace('scene: cay-xanh', 'scene: hong')), 'service.yaml:9 cảnh hong không dùng được: layouts/scenes/hong.yaml, dòng 12: không có widget moss-board'],
    ['a scene that is not there', files(MANIFEST.replace('scene: cay-xanh', 'scene: khong-co')), 'service.yaml:9 không có cảnh khong-co'],
    ['a required indicator that is not there', files(MANIFEST.replace('[CX-01]', '[CX-01, CX-09]')), 'service.yaml:8 chỉ tiêu bắt buộc CX-09 không có trong danh mục của dịch vụ'],
    ['an unknown map layer', files(MANIFEST.replace('[sensors]', '[moss]')), 'service.yaml:11 không có lớp bản đồ moss'],
    ['a figure no report counts', files(MANIFEST.replace('reportFigures: []', 'reportFigures: [moss-grown]')), 'service.yaml:12 báo cáo không có số liệu moss-grown'],
    ['another name than its folder', files(MANIFEST.replace('service: cay-xanh', 'service: cay-do')), 'service.yaml:1 tên dịch vụ cay-do khác tên thư mục'],
    ['no manifest', files().slice(1), 'catalogue/a.yaml:1 thư mục cay-xanh chưa có service.yaml'],
  ])('is refused with file, line and reason: %s', (_what, sources, sentence) => {
    expect(faultsOf(sources)).toContain(sentence);
  });
});

describe('a gauge of a service', () => {
  it('is bounds for its kind of reading and a rule that raises an alert', () => {
    const { packs, faults } = read(files(gauge(DRY)));
    expect(faults).toEqual([]);
    expect([...boundsOf(packs.values())]).toEqual([['do-am', { worse: 'below', amber: 30, red: 15 }]]);
    expect(rulesOf(packs.values())).toEqual([{ code: 'dat-kho', name: 'Đất khô', subject: { of: 'sensor', sensorKind: 'do-am' }, direction: 'below', value: 15, clear: 20, holdMinutes: 10, kind: 'environment', level: 3 }]);
  });

  it.each([
    ['bounds the wrong way round', DRY.replace('below', 'above'), 'số đo do-am: ngưỡng vàng 30 phải đến trước ngưỡng đỏ 15'],
    ['an alert that ends past its bound', DRY.replace('clear: 20', 'clear: 10'), 'số đo do-am: mức hết cảnh báo 10 phải nằm trước ngưỡng đỏ 15'],
    ['a kind of alert the service does not answer for', DRY.replace('kind: environment', 'kind: fire'), 'số đo do-am: loại cảnh báo fire không có trong alertKinds'],
    ['an unknown unit of measure', `${DRY}`, 'số đo do-am: không có đơn vị đo thước'],
  ])('is refused with file and line: %s', (_what, more, reason) => {
    const manifest = reason.endsWith('thước') ? gauge(more).replace('unitOfMeasure: "%", worse', 'unitOfMeasure: "thước", worse') : gauge(more);
    expect(faultsOf(files(manifest))).toContain(`service.yaml:14 ${reason}`);
  });

  it('is refused when another service has its kind of reading', () => {
    const mine = files(gauge(DRY));
    const other = (text: string) => text.replaceAll('cay-xanh', 'nuoc').replaceAll('CX-', 'NU-').replaceAll('goal: xanh', 'goal: sach').replaceAll('code: xanh', 'code: sach').replace('scene: nuoc\n', '').replace('dat-kho', 'kho');
    expect(read([...mine, ...files(other(gauge(DRY)), other(CATALOGUE), 'nuoc')]).faults.map(({ file, reason }) => [file, reason])).toEqual([['server/services/nuoc/service.yaml', 'số đo do-am đã có ở chỗ khác']]);
  });
});

describe('several folders', () => {
  const other = (text: string) => text.replaceAll('cay-xanh', 'nuoc').replaceAll('CX-', 'NU-').replaceAll('xanh', 'sach').replace('scene: nuoc\n', '');
  const both = (manifest?: string, catalogue?: string): Folders => foldersOf([...files(manifest, catalogue), ...files(other(MANIFEST), other(CATALOGUE), 'nuoc')]);
  const codes = ({ read: { catalogue } }: ReturnType<typeof settle>) => [...catalogue!.indicators.keys()].sort();

  it('are taken one by one: what is wrong stays as it was, the others go on', () => {
    const first = settle(both(), new Map(), read);
    const broken = settle(both(undefined, CATALOGUE.replace('period: month', 'period: moon')), first.folders, read);
    expect(codes(broken)).toEqual(['CX-01', 'CX-02', 'NU-01', 'NU-02']);
    expect(broken.refused[0]).toMatchObject({ service: 'cay-xanh', isKept: true, file: 'server/services/cay-xanh/catalogue/a.yaml', line: 9 });
    expect(broken.folders.get('cay-xanh')).toEqual(first.folders.get('cay-xanh'));
  });

  it('leave out a new one that is wrong', () => {
    const answer = settle(both('not: a manifest'), new Map(), read);
    expect(codes(answer)).toEqual(['NU-01', 'NU-02']);
    expect(answer.refused.every(({ service, isKept }) => service === 'cay-xanh' && !isKept)).toBe(true);
  });

  it('blame the newcomer for a code that is taken', () => {
    const first = settle(foldersOf(files(other(MANIFEST), other(CATALOGUE), 'nuoc')), new Map(), read);
    const answer = settle(both(undefined, CATALOGUE.replace('CX-02', 'NU-01')), first.folders, read);
    expect(codes(answer)).toEqual(['NU-01', 'NU-02']);
    expect(answer.refused.map(({ service, reason }) => [service, reason])).toEqual([['cay-xanh', 'mã chỉ tiêu NU-01 đã dùng ở chỗ khác']]);
  });
});

describe('a move of a service', () => {
  const missing = [{ code: 'CX-01', name: { vi: 'Số cây', en: 'Trees' }, source: 'Báo cáo ngành' }];
  const trial = { is: 'pilot' as const, approval: null };

  it('from trial to official is refused with the list of indicators without a real source', () => {
    expect(mayMove({}, trial, { state: 'official', reason: 'xong' }, missing)).toMatchObject({ ok: false, fault: { code: 'SERVICE_SOURCES', detail: 'CX-01 Số cây (Báo cáo ngành)' } });
    expect(mayMove({}, trial, { state: 'official', reason: 'xong' }, [])).toMatchObject({ ok: true });
  });
  it('needs a way, a reason and, where the law asks, a paper', () => {
    expect(mayMove({}, { is: 'planned', approval: null }, { state: 'official', reason: 'nhanh' }, [])).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(mayMove({}, trial, { state: 'blocked', reason: ' ' }, [])).toMatchObject({ fault: { code: 'STATE_REASON' } });
    const pack = { approval: 'Văn bản cho phép' };
    expect(mayMove(pack, { is: 'blocked', approval: null }, { state: 'planned', reason: 'mở' }, [])).toMatchObject({ fault: { code: 'SERVICE_APPROVAL', detail: 'Văn bản cho phép' } });
    expect(mayMove(pack, { is: 'blocked', approval: null }, { state: 'planned', reason: 'mở', approval: 'Mẫu số 01 ngày 01/10/2026' }, [])).toMatchObject({ ok: true });
    expect([isOn(pack, { is: 'planned', approval: null }), isOn(pack, { is: 'blocked', approval: 'x' }), isOn(pack, { is: 'planned', approval: 'x' }), isOn({}, { is: 'blocked', approval: null })]).toEqual([false, false, true, true]);
  });
});
