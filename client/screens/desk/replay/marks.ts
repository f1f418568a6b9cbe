import type { WallLogLine } from '#contract/past.ts';
import type { Bookmark } from '#contract/replay.ts';
import type { AlertState } from '#contract/topics/alert.ts';

/** Something worth going to, at its place on the track. `share` is 0 at the beginning and 1 at the end. */
export interface Mark {
  kind: 'alert' | 'wall' | 'bookmark';
  id: string;
  at: number;
  share: number;
  level?: number;
  /** Blanks of the mark's text. */
  said: Record<string, string | number>;
}

const MOST = 400;
const MARKED_LEVELS = 2;
/** Changes that nobody goes back for. */
const QUIET: ReadonlySet<string> = new Set(['take', 'release-control', 'open', 'refit', 'replay', 'live']);

/** Alerts of the two highest levels, changes of the wall and bookmarks within a span. */
export function marksOf(known: { alerts: readonly AlertState[]; lines: readonly WallLogLine[]; bookmarks: readonly Bookmark[] }, { from, until }: { from: number; until: number }): Mark[] {
  const place = (at: number): number => (at - from) / Math.max(1, until - from);
  const marks: Mark[] = [
    ...known.lines.filter(({ act }) => !QUIET.has(act)).map(({ wall, rev, at, by, act, why }): Mark => ({ kind: 'wall', id: `${wall}/${rev}`, at, share: place(at), said: { who: by, why, act } })),
    ...known.alerts.filter(({ level }) => level <= MARKED_LEVELS).map(({ id, raisedAt, level, title }): Mark => ({ kind: 'alert', id, at: raisedAt, share: place(raisedAt), level, said: { level, title } })),
    ...known.bookmarks.map(({ id, at, name }): Mark => ({ kind: 'bookmark', id, at, share: place(at), said: { name } })),
  ];
  return marks.filter(({ share }) => share >= 0 && share <= 1).slice(-MOST);
}

/** Marks closer than this to the moment shown are where it stands. Units: ms. */
const HERE_MS = 100;

/** The next mark after a moment, or the last before it. Marks of one moment lie on each other on the track; this way each can be reached, without a pointer too. */
export function markBeside(marks: readonly Mark[], moment: number, way: 'back' | 'on'): Mark | undefined {
  const beside = marks.filter(({ at }) => (way === 'on' ? at >= moment + HERE_MS : at <= moment - HERE_MS));
  return beside.reduce<Mark | undefined>((best, mark) => (best === undefined || (way === 'on' ? mark.at < best.at : mark.at > best.at) ? mark : best), undefined);
}
