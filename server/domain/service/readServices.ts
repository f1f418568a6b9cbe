import { Compile } from 'typebox/compile';
import { ConnectorText } from '#contract/connector.ts';
import type { Catalogue } from '../indicator/catalogue.ts';
import { joinCatalogue, readParts, type CataloguePart } from '../indicator/readCatalogue.ts';
import { readYaml, type CatalogueFault, type SourceText } from '../indicator/readYaml.ts';
import { wrongBound } from './gauges.ts';
import { PackFile } from './pack.ts';
import unitsOfMeasure from './unitsOfMeasure.json' with { type: 'json' };

const MANIFEST = /^server\/services\/([^/]+)\/service\.yaml$/;
const ADAPTER = /^server\/services\/[^/]+\/connectors\/[^/]+\.yaml$/;
const FOLDER = /^server\/services\/([^/]+)\//;
const PACK = Compile(PackFile);
const CONNECTOR = Compile(ConnectorText);
const UNITS: ReadonlySet<string> = new Set(unitsOfMeasure.map(({ vi }) => vi));
type Manifest = NonNullable<ReturnType<typeof readYaml<typeof PackFile>>>;

/** What a folder leans on outside itself. `sceneFaults` undefined = there is no such scene; it is asked only for `fresh` services, as a scene that breaks later keeps its last good version by itself. */
export interface KnownAround {
  fresh: ReadonlySet<string>;
  layers: ReadonlySet<string>;
  /** Figures a report can count. */
  figures: ReadonlySet<string>;
  sceneFaults(id: string): readonly CatalogueFault[] | undefined;
}

/** All folders of services read as one. */
export interface ServicesRead {
  catalogue?: Catalogue;
  packs: ReadonlyMap<string, PackFile>;
  /** Ready-made connections to the systems of a service; an administrator takes one as a beginning. */
  adapters: readonly ConnectorText[];
  faults: CatalogueFault[];
}

/** The service a file belongs to: its folder. */
export const serviceOf = (file: string): string => FOLDER.exec(file)?.[1] ?? '';

/**
 * Reads the manifests, catalogues and ready-made connections of all services.
 * Fails: every fault with file and line: what `readCatalogue` refuses, an unknown unit of measure, an indicator whose source the
 * service does not name, a required indicator that is not there, a scene that is missing or shows a widget that is gone, a gauge whose bounds do not follow each
 * other or whose alert or kind of reading is another's.
 */
export function readServices(sources: readonly SourceText[], version: string, around: KnownAround): ServicesRead {
  const faults: CatalogueFault[] = [];
  const manifests = sources.filter(({ file }) => MANIFEST.test(file));
  const written = sources.filter(({ file }) => !MANIFEST.test(file) && !ADAPTER.test(file));
  const packs = new Map(manifests.flatMap((source): [string, Manifest][] => {
    const read = readYaml(source, PACK, faults);
    return read ? [[serviceOf(read.file), read]] : [];
  }));
  const adapters = readAdapters(sources.filter(({ file }) => ADAPTER.test(file)), faults);
  const parts = readParts(written, faults);
  for (const { file } of written) if (!manifests.some((one) => serviceOf(one.file) === serviceOf(file))) faults.push({ file, line: 1, reason: `thư mục ${serviceOf(file)} chưa có service.yaml` });
  for (const part of parts) checkPart(part, packs.get(serviceOf(part.file))?.value);
  for (const manifest of packs.values()) checkManifest(manifest, new Set(parts.filter(({ value }) => value.service === manifest.value.service).flatMap(({ value }) => value.indicators ?? []).map(({ code }) => code)), around);
  checkGauges([...packs.values()]);
  const { catalogue } = joinCatalogue(parts, version, faults);
  return { ...(catalogue ? { catalogue } : {}), packs: new Map([...packs].map(([id, { value }]) => [id, value])), adapters, faults };
}

function readAdapters(sources: readonly SourceText[], faults: CatalogueFault[]): ConnectorText[] {
  const ids = new Set<string>();
  return sources.flatMap((source) => {
    const read = readYaml(source, CONNECTOR, faults);
    if (!read) return [];
    if (ids.has(read.value.id)) read.say(['id'], `bộ nối ${read.value.id} đã có ở chỗ khác`);
    ids.add(read.value.id);
    return [read.value];
  });
}

function checkManifest({ file, value, say }: Manifest, codes: ReadonlySet<string>, { layers, figures, fresh, sceneFaults }: KnownAround): void {
  const { service, state, mapLayers, reportFigures, required, scene } = value;
  if (service !== serviceOf(file)) say(['service'], `tên dịch vụ ${service} khác tên thư mục`);
  if (Number.isNaN(Date.parse(state.since))) say(['state', 'since'], `không có ngày ${state.since}`);
  for (const [place, layer] of mapLayers.entries()) if (!layers.has(layer)) say(['mapLayers', place], `không có lớp bản đồ ${layer}`);
  for (const [place, figure] of reportFigures.entries()) if (!figures.has(figure)) say(['reportFigures', place], `báo cáo không có số liệu ${figure}`);
  for (const [place, code] of required.entries()) if (!codes.has(code)) say(['required', place], `chỉ tiêu bắt buộc ${code} không có trong danh mục của dịch vụ`);
  if (scene === undefined || !fresh.has(service)) return;
  const found = sceneFaults(scene);
  if (!found) say(['scene'], `không có cảnh ${scene}`);
  for (const { file: where, line, reason } of found ?? []) say(['scene'], `cảnh ${scene} không dùng được: ${where}, dòng ${line}: ${reason}`);
}

function checkGauges(manifests: readonly Manifest[]): void {
  const [kinds, rules] = [new Set<string>(), new Set<string>()];
  for (const { value: { gauges = [], alertKinds }, say } of manifests) {
    for (const [place, gauge] of gauges.entries()) {
      const { kind, unitOfMeasure, alert } = gauge;
      const wrong = wrongBound(gauge);
      if (wrong) say(['gauges', place, wrong.field], `số đo ${kind}: ${wrong.reason}`);
      if (!UNITS.has(unitOfMeasure)) say(['gauges', place, 'unitOfMeasure'], `số đo ${kind}: không có đơn vị đo ${unitOfMeasure}`);
      if (kinds.has(kind)) say(['gauges', place, 'kind'], `số đo ${kind} đã có ở chỗ khác`);
      if (alert && rules.has(alert.code)) say(['gauges', place, 'alert'], `mã cảnh báo ${alert.code} đã dùng ở chỗ khác`);
      if (alert && !alertKinds.includes(alert.kind)) say(['gauges', place, 'alert'], `số đo ${kind}: loại cảnh báo ${alert.kind} không có trong alertKinds`);
      kinds.add(kind);
      if (alert) rules.add(alert.code);
    }
  }
}

function checkPart({ file, value, say }: CataloguePart, pack: PackFile | undefined): void {
  const indicators = value.indicators ?? [];
  if (indicators.length > 0 && value.service !== serviceOf(file)) say(['service'], `tên dịch vụ ${value.service} khác tên thư mục`);
  for (const [place, { code, unitOfMeasure, source }] of indicators.entries()) {
    if (!UNITS.has(unitOfMeasure.vi)) say(['indicators', place, 'unitOfMeasure'], `chỉ tiêu ${code}: không có đơn vị đo ${unitOfMeasure.vi}`);
    if (pack && !pack.sources.some(({ name }) => name === source)) say(['indicators', place, 'source'], `chỉ tiêu ${code}: nguồn "${source}" không có trong service.yaml`);
  }
}
