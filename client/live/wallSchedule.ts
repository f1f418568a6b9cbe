import type { ScheduledWall, WallState } from '#contract/wall.ts';

/** What a wall shows now and what it will show next; states come to pass at their moment of server time. */
export interface WallSchedule {
  readonly current: WallState | null;
  /** The state to prepare; it is not shown yet. */
  readonly next: WallState | null;
  /** Server time the current state was due, and how late it was drawn. */
  readonly applied: { dueAt: number; at: number; errorMs: number } | null;
  take(change: ScheduledWall, now: number): void;
  /** Called in every animation frame; true when the picture changes. */
  step(now: number): boolean;
}

export function createWallSchedule(): WallSchedule {
  let current: WallState | null = null;
  let applied: WallSchedule['applied'] = null;
  let waiting: ScheduledWall[] = [];

  const apply = (change: ScheduledWall, now: number): void => {
    const isFirst = current === null;
    current = change.state;
    applied = { dueAt: change.applyAt, at: now, errorMs: isFirst ? 0 : Math.max(0, now - change.applyAt) };
  };

  return {
    get current() {
      return current;
    },
    get next() {
      return waiting.at(-1)?.state ?? null;
    },
    get applied() {
      return applied;
    },
    take(change, now) {
      const isRestarted = current !== null && change.rev < current.rev && change.state.changedAt > current.changedAt;
      const isKnown = current !== null && change.rev <= current.rev && !isRestarted;
      if (isKnown || waiting.some((one) => one.rev === change.rev)) return;
      if (isRestarted) waiting = [];
      if (current === null && change.applyAt <= now) {
        apply(change, now);
        return;
      }
      waiting = [...waiting, change].sort((a, b) => a.rev - b.rev);
    },
    step(now) {
      const due = waiting.filter((change) => change.applyAt <= now);
      const last = due.at(-1);
      if (!last) return false;
      waiting = waiting.filter((change) => change.applyAt > now);
      apply(last, now);
      return true;
    },
  };
}
