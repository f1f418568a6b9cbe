import type { PastWall, WallLogLine } from '#contract/past.ts';
import type { Bookmark, ReplayClock } from '#contract/replay.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { pastAt } from '../../../../layouts/replay.ts';
import type { Live } from '../../../live/live.svelte.ts';
import type { WallDesk } from '../wallDesk.svelte.ts';
import { markBeside, marksOf, type Mark } from './marks.ts';
import { wholeSecond } from '../../../live/second.ts';

/** How fast the past can be played. */
export const SPEEDS: readonly number[] = [1, 2, 5, 20, 60, 300];
/** How much of it the track shows. Units: minutes; 0 = everything that is kept. */
export const SPANS = [15, 60, 360, 1440, 0] as const;
const FIRST_STEP_BACK_MS = 5 * 60_000;
const RUN_UP_MS = 2000;
const FIRST_MINUTE_MS = 60_000;
const MINUTE_MS = 60_000;

/** The desk's way through the past: one clock, and the wall on it when it is asked to look along. */
export class DeskReplay {
  spanMin = $state(60);
  speed = $state(1);
  bookmarks = $state.raw<readonly Bookmark[]>([]);
  lines = $state.raw<readonly WallLogLine[]>([]);
  alerts = $state.raw<readonly AlertState[]>([]);
  isOnWall = $state(false);
  readonly #live: Live;
  readonly #wall: WallDesk;

  readonly isOn: boolean = $derived.by(() => this.#live.past !== null);
  readonly isPlaying: boolean = $derived.by(() => (this.#live.past?.clock.rate ?? 0) > 0);
  /** Begin and end of the track, whole seconds: a step of the slider is one, however the present goes on. Units: domain time. */
  readonly span: { from: number; until: number } = $derived.by(() => {
    const until = wholeSecond(this.#live.presentNow);
    const earliest = wholeSecond(this.#live.past?.from || until - MINUTE_MS);
    return { from: this.spanMin === 0 ? earliest : until - this.spanMin * MINUTE_MS, until };
  });
  readonly marks: readonly Mark[] = $derived.by(() => marksOf({ alerts: this.alerts, lines: this.lines, bookmarks: this.bookmarks }, this.span));

  constructor(live: Live, wall: WallDesk) {
    this.#live = live;
    this.#wall = wall;
  }

  /** Opens the past a little before now, standing still. */
  enter(at = this.#live.presentNow - FIRST_STEP_BACK_MS, rate = 0, until?: number): void {
    const isFirst = !this.isOn;
    this.#go({ at, rate, until });
    if (isFirst) void this.#readMarks();
  }

  /** From just before the alert was raised to a minute after. */
  firstMinute({ raisedAt }: Pick<AlertState, 'raisedAt'>): void {
    this.enter(raisedAt - RUN_UP_MS, 1, raisedAt + FIRST_MINUTE_MS);
  }

  /** Follows the wall into the past it shows. */
  lookAlong(clock: ReplayClock): void {
    const isFirst = !this.isOn;
    this.#live.lookBack(clock, null);
    this.isOnWall = true;
    if (isFirst) void this.#readMarks();
  }

  play(): void {
    this.#go({ at: this.moment(), rate: this.speed });
  }

  pause(): void {
    this.#go({ at: this.moment(), rate: 0 });
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    if (this.isPlaying) this.play();
  }

  seek(at: number): void {
    this.#go({ at, rate: this.isPlaying ? this.speed : 0 });
  }

  step(ms: number): void {
    this.seek(this.moment() + ms);
  }

  /** The mark beside the moment shown; undefined at the end. */
  beside(way: 'back' | 'on'): Mark | undefined {
    return markBeside(this.marks, this.moment(), way);
  }

  /** Back to the present, wall and desk, at once. */
  toLive(): void {
    this.#live.lookNow();
    if (this.isOnWall) void this.#wall.act({ do: 'live' });
    this.isOnWall = false;
  }

  async putOnWall(): Promise<void> {
    const { past } = this.#live;
    if (past) this.isOnWall = await this.#wall.act({ do: 'replay', at: Math.round(this.moment()), rate: past.clock.rate, ...(past.clock.until === undefined ? {} : { until: past.clock.until }) });
  }

  /** Where this stretch of the past is made a rehearsal of. */
  forkPath(at: number): string {
    return `/rehearse?wall=${encodeURIComponent(this.#wall.wallId)}&from=${Math.round(Math.max(at, this.#live.past?.from ?? 0))}`;
  }

  async mark(name: string): Promise<boolean> {
    const made = await this.#wall.acting.send('bookmark.add', { at: Math.round(this.moment()), name, wall: this.#wall.wallId });
    if (made) this.bookmarks = [made, ...this.bookmarks];
    return made !== undefined;
  }

  async unmark(id: string): Promise<void> {
    if (await this.#wall.acting.send('bookmark.remove', { id })) this.bookmarks = this.bookmarks.filter((one) => one.id !== id);
  }

  /** The line of a wall's log that holds at the moment shown. */
  lineOf(wall: string): PastWall | null {
    return this.#live.past?.walls.get(wall) ?? null;
  }

  moment(): number {
    const { past } = this.#live;
    return past ? pastAt(past.clock, this.#live.serverNow()) : this.#live.presentNow;
  }

  #go({ at, rate, until }: { at: number; rate: number; until?: number | undefined }): void {
    const latest = this.#live.presentNow;
    const clock: ReplayClock = { at: Math.round(Math.min(Math.max(at, this.#live.past?.from ?? 0), latest)), since: Math.round(this.#live.serverNow()), rate, ...(until === undefined ? {} : { until }) };
    this.#live.lookBack(clock, null);
    if (this.isOnWall) void this.putOnWall();
  }

  async #readMarks(): Promise<void> {
    const { api } = this.#live;
    const [bookmarks, lines, alerts] = await Promise.all([
      api.get<{ items: Bookmark[] }>('/api/v1/bookmarks'),
      api.get<{ items: WallLogLine[] }>(`/api/v1/walls/log?wall=${encodeURIComponent(this.#wall.wallId)}`),
      api.get<{ items: AlertState[] }>('/api/v1/alerts?limit=300'),
    ]);
    if (bookmarks.ok) this.bookmarks = bookmarks.value.items;
    if (lines.ok) this.lines = lines.value.items;
    if (alerts.ok) this.alerts = alerts.value.items;
  }
}
