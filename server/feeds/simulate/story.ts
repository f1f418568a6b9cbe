import type { AlertItem } from '#contract/topics/alert.ts';
import { messagesOf, type Witness } from './alerts.ts';
import { LONGEST_LIFE_MS, type Incidents } from './incidents.ts';

const OPENING_SLOTS = 9;
const RED_SLOTS = 24;

/** Slots of time in which nobody was told anything: the sample city was off. Shape: first and last slot. */
export interface Gap {
  from: number;
  to: number;
}

/** What the sample city says of its incidents. */
export interface Story {
  /** Messages after `from` and not after `to` about incidents outside the gaps. */
  between(from: number, to: number, gaps: readonly Gap[]): AlertItem[];
  /** Messages up to `at` about the latest incidents, with at least one ĐỎ: what a newcomer sees first. */
  opening(at: number): AlertItem[];
  /** The slots that stay untold when nothing before `at` but the opening is told and those begun by `toldUntil` are known. */
  gapsBefore(at: number, toldUntil: number): Gap[];
}

export function createStory(incidents: Incidents, tag: string, witnesses: readonly Witness[]): Story {
  const openingSlots = (at: number): number[] => {
    const last = incidents.slotOf(at);
    const back = Array.from({ length: RED_SLOTS }, (_, i) => last - i);
    const isOn = (slot: number) => incidents.inSlot(slot).startAt <= at && incidents.inSlot(slot).endAt > at;
    const latest = back.slice(0, OPENING_SLOTS).filter((slot) => incidents.inSlot(slot).startAt <= at);
    const red = back.find((slot) => incidents.inSlot(slot).level === 1 && isOn(slot));
    return red === undefined || latest.includes(red) ? latest : [...latest, red];
  };
  const told = (slots: readonly number[], from: number, to: number): AlertItem[] =>
    slots
      .flatMap((slot) => messagesOf(incidents.inSlot(slot), tag, witnesses))
      .filter(({ at }) => at > from && at <= to)
      .sort((a, b) => a.at - b.at);
  return {
    between(from, to, gaps) {
      const first = incidents.slotOf(from - LONGEST_LIFE_MS) - 1;
      const slots = Array.from({ length: incidents.slotOf(to) - first + 1 }, (_, i) => first + i);
      return told(slots.filter((slot) => !gaps.some((gap) => slot >= gap.from && slot <= gap.to)), from, to);
    },
    opening: (at) => told(openingSlots(at), 0, at),
    gapsBefore(at, toldUntil) {
      const last = incidents.slotOf(at);
      const opened = openingSlots(at).sort((a, b) => a - b);
      // The present slot may hold an incident that has not begun: it will be told in its time.
      const stops = [...opened, incidents.inSlot(last).startAt <= at ? last + 1 : last];
      const starts = [Math.max(0, incidents.slotOf(toldUntil) + 1), ...opened.map((slot) => slot + 1)];
      return starts.map((from, i) => ({ from, to: stops[i]! - 1 })).filter(({ from, to }) => from <= to);
    },
  };
}
