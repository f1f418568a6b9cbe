import type { Level } from '#contract/base.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { Live } from '../../../live/live.svelte.ts';
import { alarmOf, isDue, isFirst, isSilent, isTestDue, LONGEST_SILENCE_MS, type Alarm, type Silence } from './alarm.ts';
import { createPlayer, type Player } from './player.ts';

const ROOM = 'toan-canh.desk.room';
const SILENCE = 'toan-canh.desk.silence';
const NO_ROOM = 'truc-ban';

function keptSilence(): Silence | null {
  const text = localStorage.getItem(SILENCE);
  return text === null ? null : (JSON.parse(text) as Silence);
}

/** The sound of a desk: tones until somebody takes an alert over, quiet for a reason, one screen per room. */
export class Sound {
  room = $state(localStorage.getItem(ROOM) ?? NO_ROOM);
  alarm = $state.raw<Alarm | null>(null);
  silence = $state.raw<Silence | null>(keptSilence());
  isBlocked = $state(true);
  isMine = $state(true);
  isAsking = $state(false);
  reason = $state('');
  /** When the speakers were tried last, and whether a signal left the mixer. */
  tested = $state.raw<{ at: number; isHeard: boolean } | null>(null);
  refusal = $state<string | null>(null);
  readonly #live: Live;
  readonly #screen = crypto.randomUUID().slice(0, 8);
  #player: Player | undefined;
  #last: { level: Level; atMs: number } | null = null;
  #told: string | null = null;

  constructor(live: Live) {
    this.#live = live;
  }

  get isSilent(): boolean {
    return isSilent(this.silence, this.alarm, this.#live.now);
  }

  /** Opens the speakers; returns the way to close them. */
  open(): () => void {
    const player = createPlayer();
    this.#player = player;
    this.isBlocked = player.isBlocked();
    const touch = (): void => void player.unblock().then((isOpen) => (this.isBlocked = !isOpen));
    window.addEventListener('pointerdown', touch);
    window.addEventListener('keydown', touch);
    return () => {
      window.removeEventListener('pointerdown', touch);
      window.removeEventListener('keydown', touch);
      player.close();
      this.#player = undefined;
    };
  }

  /** Called with the alerts of every second. */
  listen(alerts: readonly AlertState[], now: number): void {
    this.alarm = alarmOf(alerts, now);
    if (this.#player) this.isBlocked = this.#player.isBlocked();
    this.#shareRoom();
    if (!this.#player || this.isBlocked || !this.isMine) return;
    if (this.tested === null || isTestDue(this.tested.at, now)) {
      void this.test(now);
      return;
    }
    if (this.alarm === null) this.#last = null;
    else if (!isSilent(this.silence, this.alarm, now) && isDue(this.alarm.level, this.#last, performance.now())) {
      this.#last = { level: this.alarm.level, atMs: performance.now() };
      void this.#player.play(this.alarm.level);
    }
  }

  async test(now: number): Promise<void> {
    this.tested = { at: now, isHeard: true };
    const isHeard = (await this.#player?.play('test')) ?? false;
    this.tested = { at: now, isHeard };
  }

  ask(): void {
    this.isAsking = !this.isAsking;
    this.refusal = null;
  }

  /** Quiet for some minutes; the reason goes into the shift log. True when it holds. */
  async hush(minutes: number, words: string): Promise<boolean> {
    const at = this.#live.domainNow();
    const silence = { at, until: at + Math.min(LONGEST_SILENCE_MS, minutes * 60_000), reason: this.reason.trim() };
    const answer = await this.#live.api.send('POST', '/api/v1/duty/log', { form: 'note', words });
    if (!answer.ok) {
      this.refusal = answer.fault.message;
      return false;
    }
    this.#keep(silence);
    this.isAsking = false;
    this.reason = '';
    return true;
  }

  speak(): void {
    this.#keep(null);
  }

  move(room: string): void {
    this.room = room;
    localStorage.setItem(ROOM, room);
  }

  #keep(silence: Silence | null): void {
    this.silence = silence;
    if (silence) localStorage.setItem(SILENCE, JSON.stringify(silence));
    else localStorage.removeItem(SILENCE);
  }

  /** Every screen of a room tells that it can sound; the one that could longest does. A screen whose browser blocks sound stands back. */
  #shareRoom(): void {
    const prefix = `sound.${this.room}.`;
    const mine = `${prefix}${this.#screen}`;
    const telling = this.isBlocked ? null : mine;
    if (!this.#live.isOnline) this.#told = null;
    else if (this.#told !== telling) {
      if (this.#told !== null) void this.#live.command('presence.close', { thing: this.#told });
      this.#told = telling;
      if (telling !== null) void this.#live.command('presence.open', { thing: telling });
    }
    const screens = [...this.#live.presence].filter(([thing]) => thing.startsWith(prefix)).map(([screen, people]) => ({ screen, at: people[0]?.at ?? 0 }));
    this.isMine = isFirst(mine, screens);
  }
}
