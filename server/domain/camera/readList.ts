import type { CameraEdit } from '#contract/cameras.ts';
import { readMasks, writeMasks } from '#contract/masks.ts';
import type { CameraStream, PictureMask } from '#contract/topics/camera.ts';
import { readRows } from '../rows/readRows.ts';
import { cameraUrl } from './address.ts';
import columns from './columns.json' with { type: 'json' };
import { readProbeMatches } from './probeMatch.ts';
import words from './text.vi.json' with { type: 'json' };

/** A row of a list as it was understood: what to register, and what is wrong by column. */
export interface ListedCamera {
  line: number;
  ref: string;
  edit: CameraEdit | undefined;
  name: string;
  faults: { field: string; reason: string }[];
}

/** What a list is checked against. */
export interface ListChecks {
  hasUnit(code: string): boolean;
  isInVietnam(position: readonly number[]): boolean;
  allowLoopback: boolean;
}

type Cells = Readonly<Record<string, string>>;
const HEADERS = new Map(columns.flatMap(([field, title]) => [[field!.toLowerCase(), field!], [title!.toLowerCase(), field!]] as [string, string][]));
/** Distances of a camera whose list does not say them. */
const USUAL = { azimuth: 0, fieldOfView: 90, rangeM: 100 };

/** Reads one row cell by cell, gathering what is wrong instead of stopping at the first. */
function readRow(line: number, cells: Cells, checks: ListChecks): ListedCamera {
  const faults: ListedCamera['faults'] = [];
  const bad = (field: string, reason: string) => void faults.push({ field: columns.find(([name]) => name === field)?.[1] ?? field, reason });
  const text = (field: string, most: number) => cells[field]?.trim().slice(0, most) || null;
  const number = (field: string, min: number, max: number): number | null => {
    const said = text(field, 40);
    if (said === null) return null;
    const value = Number(said.replace(',', '.'));
    if (!Number.isFinite(value)) bad(field, words.number);
    else if (value < min || value > max) bad(field, words.range.replace('{min}', String(min)).replace('{max}', String(max)));
    else return value;
    return null;
  };
  const needed = (field: string, value: number | null) => {
    if (value === null && !text(field, 40)) bad(field, words.missing);
    return value ?? 0;
  };
  const unit = (field: string) => {
    const code = text(field, 32);
    if (code !== null && !checks.hasUnit(code)) bad(field, words.unit);
    return code;
  };
  const stream = (role: CameraStream['role']): CameraStream[] => {
    const url = text(role, 2000);
    if (url === null) return [];
    const kind = !/^https?:/i.test(url) ? 'rtsp' : /\/whep\b/i.test(url) ? 'whep' : 'hls';
    if (cameraUrl(kind, url, checks.allowLoopback)) return [{ role, kind, url }];
    bad(role, words.address);
    return [];
  };
  const yes = (field: string): boolean | null => {
    const said = text(field, 10)?.toLowerCase() ?? null;
    if (said === null) return null;
    if (['có', 'co', 'yes', 'true', '1', 'x'].includes(said)) return true;
    if (!['không', 'khong', 'no', 'false', '0'].includes(said)) bad(field, words.yes);
    return false;
  };

  const masks = (): Pick<CameraEdit, 'masks'> => {
    const said = text('masks', 2000);
    if (said === null) return {};
    const read = readMasks(said);
    if (!read) bad('masks', words.masks);
    return { masks: read ?? [] };
  };

  const name = text('name', 200);
  if (name === null) bad('name', words.missing);
  const position: [number, number] = [needed('lon', number('lon', -180, 180)), needed('lat', number('lat', -90, 90))];
  if (faults.length === 0 && !checks.isInVietnam(position)) bad('lon', words.place);
  const retentionDays = number('retentionDays', 0, 3650);
  const streams = [...stream('sub'), ...stream('main')];
  const edit: CameraEdit = {
    name: name ?? '', position, unit: unit('unit'), contractor: unit('contractor'),
    azimuth: number('azimuth', 0, 360) ?? USUAL.azimuth, fieldOfView: number('fieldOfView', 1, 360) ?? USUAL.fieldOfView, rangeM: number('rangeM', 1, 20000) ?? USUAL.rangeM,
    heightM: number('heightM', 0, 500), kind: text('kind', 64), purpose: text('purpose', 200), certificate: text('certificate', 100), noticePosted: yes('noticePosted'),
    retentionDays: retentionDays === null ? null : Math.round(retentionDays),
    groups: (text('groups', 600) ?? '').split(/[;|]/).map((group) => group.trim().slice(0, 60)).filter(Boolean).slice(0, 20),
    ...masks(),
    ...(streams.length > 0 ? { streams } : {}),
  };
  return { line, ref: text('ref', 200) ?? name ?? '', name: name ?? '', edit: faults.length === 0 ? edit : undefined, faults };
}

/** Rows of a CSV whose headers are the Vietnamese titles or the field names. */
function csvCells(text: string): { rows: { line: number; cells: Cells }[]; faults: ListedCamera[] } {
  const { rows, refused } = readRows('csv', text);
  return {
    rows: rows.map(({ line, fields }) => ({ line, cells: Object.fromEntries(Object.entries(fields).flatMap(([title, value]) => [HEADERS.get(title.trim().toLowerCase()) ?? ''].filter(Boolean).map((field) => [field, String(value ?? '')]))) })),
    faults: refused.map(({ line, field, reason }) => ({ line, ref: '', name: '', edit: undefined, faults: [{ field, reason }] })),
  };
}

/** Devices of an ONVIF list as rows of ours. */
function onvifCells(text: string): { line: number; cells: Cells }[] | undefined {
  return readProbeMatches(text)?.map(({ endpoint, address, name, hardware, lon, lat }, index) => ({ line: index + 1, cells: { ref: endpoint || address, name: name || address, kind: hardware, lon, lat } }));
}

/** Understands a list of cameras row by row. Fails: undefined when the whole text is no such list. */
export function readCameraList(format: 'csv' | 'onvif', text: string, checks: ListChecks): ListedCamera[] | undefined {
  const { rows, faults } = format === 'csv' ? csvCells(text) : { rows: onvifCells(text), faults: [] };
  if (!rows || (rows.length === 0 && faults.length === 0)) return undefined;
  if (format === 'csv' && rows.length > 0 && !('name' in rows[0]!.cells && 'lon' in rows[0]!.cells && 'lat' in rows[0]!.cells)) return undefined;
  const seen = new Set<string>();
  const read = rows.map(({ line, cells }) => {
    const row = readRow(line, cells, checks);
    const isTwice = row.ref !== '' && seen.has(row.ref);
    seen.add(row.ref);
    return isTwice ? { ...row, edit: undefined, faults: [...row.faults, { field: columns[0]![1]!, reason: words.twice }] } : row;
  });
  return [...faults, ...read].sort((a, b) => a.line - b.line);
}

/** One cell of an export: text that a spreadsheet would run is kept text. */
export function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : value === true ? 'có' : value === false ? 'không' : Array.isArray(value) ? value.join('; ') : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The register as a list that `readCameraList` takes back. Addresses are never written. */
export function writeCameraList(cameras: readonly { ref: string; name: string; position: readonly number[]; masks?: readonly PictureMask[] | null | undefined }[]): string {
  const fields = columns.filter(([field]) => field !== 'sub' && field !== 'main');
  const lines = cameras.map((camera) => {
    const cells: Record<string, unknown> = { ...camera, lon: camera.position[0], lat: camera.position[1], masks: writeMasks(camera.masks ?? []) };
    return fields.map(([field]) => csvCell(cells[field!])).join(',');
  });
  return `\ufeff${[fields.map(([, title]) => csvCell(title)).join(','), ...lines].join('\r\n')}\r\n`;
}
