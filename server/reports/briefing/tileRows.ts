import type { Provenance } from '#contract/base.ts';
import { shownCameras } from '#contract/boards/cameras.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { Tile } from '#contract/wall.ts';
import { distanceM } from '../../../geo/distance.ts';
import { bodiesOf, figureOf, type RowsOf, type ShownFigure, type TileRow } from './board.ts';
import { boardOf } from './boards.ts';
import { isOpen } from './figures.ts';
import { lateOf, weeklyAt } from './late.ts';
import { redsOf } from './reds.ts';

type Position = [number, number];
type Body = {
  id: string; name?: string; title?: string; description?: string; kind?: string; service?: string; level?: number | string; unit?: string | null; position?: Position | null; state?: string; step?: string; dueAt?: number; receivedAt?: number; requestId?: string | null; duplicateOf?: string | null;
  about?: { id?: string } | null; subject?: { topic: string; code: string; title: string }; trend?: { value: number | null }[]; provenance?: Provenance | null; asOf?: number | null;
};
type Settings = {
  vi?: string; en?: string; alert?: string; camera?: string; cameras?: string[]; most?: number; kinds?: string[]; levels?: number[]; unit?: string; services?: string[]; overdueOnly?: boolean; newestFirst?: boolean; weekly?: { day: number; at: string }; near?: Position; withinM?: number; about?: string; label?: string;
  rows?: { code: string; label?: string; unitOfMeasure?: string; sum?: boolean }[];
};

const WITHIN_M = 1000;
/** Pictures a tile shows that was not told how many. */
const CAMERAS_MOST = { camera: 1, 'camera-matrix': 9, 'camera-strip': 6 } as const;
const isOf = <T>(wanted: readonly T[] | undefined, value: T | undefined): boolean => wanted === undefined || (value !== undefined && wanted.includes(value));

/** An indicator as a board showed it: its newest value over the units it speaks of, `–` without one. */
export interface ShownIndicator extends ShownFigure {
  isRed: boolean;
}

/** Indicators a tile showed at a moment; none for any other widget than the board of indicators. */
export function indicatorsOf({ widget, settings = {} }: Pick<Tile, 'widget' | 'settings'>, { entries, number }: Pick<RowsOf, 'entries' | 'number'>): ShownIndicator[] {
  if (widget !== 'indicator-board') return [];
  const own = settings as Settings;
  const statuses = entries.filter(({ topic }) => topic === 'red-status').map(({ body }) => body as Body);
  const byCode = Map.groupBy(statuses.filter(({ subject, unit }) => subject?.topic === 'indicator' && (own.unit === undefined || unit === own.unit)), ({ subject }) => subject?.code ?? '');
  const asked: NonNullable<Settings['rows']> = own.rows ?? [...byCode.keys()].map((code) => ({ code }));
  return asked.map(({ code, label, unitOfMeasure = '', sum = false }) => {
    const judged = byCode.get(code) ?? [];
    const values = judged.flatMap(({ trend }) => trend?.findLast(({ value }) => value !== null)?.value ?? []);
    const whole = values.reduce((total, value) => total + value, 0) / (sum ? 1 : values.length);
    const shown = judged.map(({ provenance, asOf }) => ({ provenance: provenance ?? null, at: asOf ?? undefined }));
    return {
      ...figureOf(label ?? judged[0]?.subject?.title ?? code, values.length === 0 ? '–' : `${number(whole)} ${unitOfMeasure}`.trim(), shown),
      isRed: judged.some(({ level }) => level === 'red'),
    };
  });
}

/** What a tile listed at a moment, most urgent first; undefined for tiles that show nothing the log keeps. */
export function tileRows({ widget, settings = {} }: Tile, known: RowsOf): TileRow[] | undefined {
  const { entries, at, language, unitName, number, time, dateTime, say } = known;
  const own = settings as Settings;
  const bodies = (topic: string): Body[] => entries.filter((entry) => entry.topic === topic).map(({ id, body }) => ({ ...(body as Body), id }));
  const byLevel = (rows: TileRow[]): TileRow[] => rows.sort((a, b) => (a.level || 9) - (b.level || 9));
  const alerts = () => bodies('alert').filter(isOpen).map((body) => ({ ...body, row: { text: body.title ?? '', level: Number(body.level) } }));
  const requests = () => bodies('handling-request').filter(isOpen).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
  const sayRequest = ({ unit, title }: Body): TileRow => ({ text: [unit && unitName(unit), title].filter(Boolean).join(': '), level: 0 });
  const isLate = ({ dueAt }: Body): boolean => (dueAt ?? Infinity) < at;

  switch (widget) {
    case 'text':
      return (own[language] ?? '').split('\n').map((text) => ({ text, level: 0 }));
    case 'clock':
      return [{ text: time(at), level: 0 }];
    case 'camera':
    case 'camera-matrix':
    case 'camera-strip': {
      const chosen = own.cameras ?? (own.camera === undefined ? undefined : [own.camera]);
      return shownCameras(bodiesOf<CameraState>('camera', entries), chosen, own.most ?? CAMERAS_MOST[widget]).map(({ name }) => ({ text: name, level: 0 }));
    }
    case 'alert-list':
    case 'ticker':
      return byLevel(alerts().filter(({ kind, level }) => isOf(own.kinds, kind) && isOf(own.levels, Number(level))).map(({ row }) => row));
    case 'alert-focus':
      return byLevel(alerts().filter(({ id }) => own.alert === undefined || id === own.alert).map(({ row }) => row)).slice(0, 1);
    case 'feedback-list':
      return bodies('feedback')
        .filter((body) => isOpen(body) && isOf(own.services, body.service) && (!own.overdueOnly || isLate(body)) && (own.near === undefined || (body.position && distanceM(own.near, body.position) <= (own.withinM ?? WITHIN_M))))
        .sort((a, b) => (own.newestFirst ? (b.receivedAt ?? 0) - (a.receivedAt ?? 0) : 0) || (a.dueAt ?? 0) - (b.dueAt ?? 0))
        .map(({ description = '' }) => ({ text: description, level: 0 }));
    case 'overdue-board': {
      const reports = bodies('feedback').filter((body) => isOpen(body) && !body.requestId && !body.duplicateOf);
      const { overdue, total, before, units } = lateOf([...(own.about === 'feedback' ? [] : requests()), ...(own.about === 'handling-request' ? [] : reports)], at);
      if (overdue === 0) return [];
      const lines = [say('overdueOf', { overdue: number(overdue), total: number(total) }), say('againstWeek', { fresh: number(overdue - before), before: number(before) }), ...units.map(([code, count]) => `${code === '' ? say('unassigned') : unitName(code)}: ${number(count)}`)];
      return lines.map((text) => ({ text, level: 0 }));
    }
    case 'response':
      return requests().filter(({ about }) => own.alert === undefined || about?.id === own.alert).map(sayRequest);
    case 'countdown':
      if (own.weekly) return [{ text: [own.label, dateTime(weeklyAt(own.weekly, at))].filter(Boolean).join(': '), level: 0 }];
      return own.label === undefined ? requests().filter((body) => !isLate(body)).slice(0, 1).map(sayRequest) : [{ text: own.label, level: 0 }];
    case 'red-units':
      // The days stand before the title: a narrow picture cuts the end of a line.
      return redsOf({ widget, settings }, entries, at).map(({ unit, days, isSimulated, title }) => ({ text: `${[unitName(unit), say('days', { days: number(days) }), ...(isSimulated ? [say('simulatedMark')] : [])].join(' · ')}: ${title}`, level: 1 }));
    case 'indicator-board':
      return indicatorsOf({ widget, settings }, known).map(({ label, value, isRed }) => ({ text: `${label}: ${value}`, level: isRed ? 1 : 0 }));
    default:
      return boardOf({ widget, settings }, known)?.rows;
  }
}
