import { nextBudget } from './budget.ts';
import type { PictureLine } from './lineLoader.ts';
import { shareDecoders, type PictureRole, type Sharer } from './share.ts';
import { createStillReader, type StillReader } from './stills.ts';

export interface PlayerPoolOptions {
  /** Pictures this page decodes at once. */
  maxVideos: number;
  /** How long a tile keeps its decoder while others wait. Units: ms. */
  rotateMs?: number;
  /** Pause between two starts, so that a full wall does not ask for everything at once. Units: ms. */
  startGapMs?: number;
  now?: () => number;
  /** Carries pictures that shall come with little delay. */
  line?: PictureLine | undefined;
}

/** A tile's seat in the pool. */
export interface PoolSeat {
  setFocus(isFocus: boolean): void;
  setVisible(isVisible: boolean): void;
  leave(): void;
}

/** Keeps a page within what it can decode: beyond that, tiles show stills and take turns. */
export interface PlayerPool {
  join(tile: { isFocus: boolean; isVisible?: boolean; onRole: (role: PictureRole) => void }): PoolSeat;
  stills: StillReader;
  line: PictureLine | undefined;
  close(): void;
}

interface Member extends Sharer {
  role: PictureRole;
  onRole: (role: PictureRole) => void;
}

const LOOK_MS = 1000;
const CALM_MS = 150;

export function createPlayerPool({ maxVideos, rotateMs = 20_000, startGapMs = 120, now, line }: PlayerPoolOptions): PlayerPool {
  const members: Member[] = [];
  const stills = createStillReader({ now });
  let nextId = 0;
  let turn = 0;
  let starting: Member[] = [];
  let budget = maxVideos;
  let calmS = 0;
  let lookedAt = performance.now();
  let startTimer: ReturnType<typeof setTimeout> | undefined;

  const startNext = () => {
    startTimer = undefined;
    const member = starting.shift();
    if (!member) return;
    member.onRole(member.role);
    startTimer = setTimeout(startNext, startGapMs);
  };

  const share = () => {
    const roles = shareDecoders(members, budget, turn);
    for (const member of members) {
      const role = roles.get(member.id) ?? 'none';
      if (role === member.role) continue;
      member.role = role;
      starting = starting.filter((waiting) => waiting !== member);
      if (role === 'video') starting.push(member);
      else member.onRole(role);
    }
    if (startTimer === undefined) startNext();
  };

  const rotating = setInterval(() => {
    turn += 1;
    share();
  }, rotateMs);

  /** Decoding in software takes the page's time: a second that comes late says there is too much of it. */
  const looking = setInterval(() => {
    const now = performance.now();
    const lateMs = document.hidden ? 0 : now - lookedAt - LOOK_MS;
    lookedAt = now;
    calmS = lateMs > CALM_MS ? 0 : calmS + 1;
    const next = nextBudget(budget, maxVideos, { lateMs, calmS });
    if (next === budget) return;
    budget = next;
    share();
  }, LOOK_MS);

  return {
    stills,
    line,
    join({ isFocus, isVisible = true, onRole }) {
      const member: Member = { id: (nextId += 1), isFocus, isVisible, role: 'none', onRole };
      members.push(member);
      share();
      return {
        setFocus(next) {
          if (member.isFocus === next) return;
          member.isFocus = next;
          share();
        },
        setVisible(next) {
          member.isVisible = next;
          share();
        },
        leave() {
          members.splice(members.indexOf(member), 1);
          starting = starting.filter((waiting) => waiting !== member);
          share();
        },
      };
    },
    close() {
      clearInterval(rotating);
      clearInterval(looking);
      clearTimeout(startTimer);
      members.length = 0;
      stills.close();
    },
  };
}

/** What a page that shows cameras offers. */
export interface PicturePage {
  serverNow(): number;
  mediaLine(): PictureLine | undefined;
  shared<T>(name: string, make: () => T): T;
}

/** Pictures a page decodes at once in software without dropping any. */
const MOST_VIDEOS = 16;

/** The one pool of a page. */
export function pagePool(page: PicturePage): PlayerPool {
  return page.shared('players', () => createPlayerPool({ maxVideos: MOST_VIDEOS, line: page.mediaLine(), now: () => page.serverNow() }));
}
