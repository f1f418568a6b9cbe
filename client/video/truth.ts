/** What may honestly be said of a picture. */
export const PICTURE_STATES = ['loading', 'live', 'frozen', 'late', 'lost', 'still', 'audio-only', 'unsupported-codec', 'transcoders-busy', 'auth-failed', 'refused'] as const;
export type PictureState = (typeof PICTURE_STATES)[number];

/** A picture's state and since when it holds. Units: epoch ms. */
export interface PictureTruth {
  state: PictureState;
  since: number;
}

/** What a player notices. `at` is wall time in epoch ms. */
export type Observation =
  /** A source was given to the player, for the first time or again. */
  | { kind: 'started'; at: number }
  /** The page was hidden and is seen again: nothing was drawn meanwhile, which is nobody's fault. */
  | { kind: 'resumed'; at: number }
  /** A picture was decoded and shown. */
  | { kind: 'frame'; at: number; mediaTimeS: number }
  /** A still picture was shown. */
  | { kind: 'still'; at: number; capturedAt: number }
  /** The clock moved on; `capturedAt` is the wall time of what is shown, `hasPicture` false when only sound was found. */
  | { kind: 'tick'; at: number; mediaTimeS: number; capturedAt?: number; hasPicture?: boolean }
  /** The source could not be had. */
  | { kind: 'trouble'; at: number; trouble: Trouble };

/** What an origin may say of a camera that can not be played. */
export const DEFINITE_TROUBLES = ['refused', 'unsupported-codec', 'audio-only', 'transcoders-busy', 'auth-failed'] as const;

/** `network` passes by itself; the others are the origin's or the decoder's word. */
export type Trouble = 'network' | (typeof DEFINITE_TROUBLES)[number];

/** Units: ms. */
export interface TruthLimits {
  /** No new picture for this long is frozen. */
  frozenAfterMs: number;
  /** A picture older than this is late. */
  lateAfterMs: number;
  /** No first picture for this long is lost. */
  lostAfterMs: number;
  /** A still older than this is late, and lost where no newer one can be had. */
  stillAfterMs: number;
}

export interface TruthMemory {
  limits: TruthLimits;
  truth: PictureTruth;
  startedAt: number;
  /** The newest picture, and how many came without a pause before it. */
  frame?: { at: number; mediaTimeS: number; inRun: number };
  still?: { at: number; capturedAt: number };
  /** When the media clock last moved, pictures or not. */
  clock?: { at: number; mediaTimeS: number };
  capturedAt?: number;
  hasPicture: boolean;
  trouble?: { at: number; trouble: Trouble };
}

/** Pictures further apart than this are not one run. Units: ms. */
const RUN_GAP_MS = 2000;
/** After a pause this long it is too early to say anything new. Units: ms. */
const PAUSE_MS = 1200;
/** A picture counts as moving from the third in a row, so that one straggler does not turn a frozen tile live. */
const RUN_FRAMES = 3;

/** `late` allows each mode its own distance behind the edge. */
export const TRUTH_LIMITS: Record<'grid' | 'quick' | 'focus', TruthLimits> = {
  grid: { frozenAfterMs: 3000, lateAfterMs: 7000, lostAfterMs: 9000, stillAfterMs: 7000 },
  quick: { frozenAfterMs: 3000, lateAfterMs: 5000, lostAfterMs: 9000, stillAfterMs: 7000 },
  focus: { frozenAfterMs: 3000, lateAfterMs: 5000, lostAfterMs: 9000, stillAfterMs: 7000 },
};

export function createTruth(limits: TruthLimits, at: number): TruthMemory {
  return { limits, truth: { state: 'loading', since: at }, startedAt: at, hasPicture: true };
}

function remember(memory: TruthMemory, seen: Observation): TruthMemory {
  switch (seen.kind) {
    case 'started':
      return { ...memory, startedAt: seen.at, frame: memory.frame && { ...memory.frame, inRun: 0 }, clock: undefined, capturedAt: undefined, hasPicture: true };
    case 'resumed':
      return { ...memory, startedAt: seen.at, frame: memory.frame && { ...memory.frame, at: seen.at, inRun: 0 } };
    case 'frame': {
      const last = memory.frame;
      if (last && last.mediaTimeS === seen.mediaTimeS) return memory;
      const isRun = last !== undefined && seen.at - last.at <= RUN_GAP_MS;
      return { ...memory, frame: { at: seen.at, mediaTimeS: seen.mediaTimeS, inRun: isRun ? last.inRun + 1 : 1 }, hasPicture: true };
    }
    case 'still':
      return { ...memory, still: { at: seen.at, capturedAt: seen.capturedAt }, capturedAt: seen.capturedAt };
    case 'tick': {
      const hasMoved = memory.clock?.mediaTimeS !== seen.mediaTimeS;
      const clock = hasMoved ? { at: seen.at, mediaTimeS: seen.mediaTimeS } : memory.clock;
      return { ...memory, clock, capturedAt: seen.capturedAt ?? memory.capturedAt, hasPicture: seen.hasPicture ?? memory.hasPicture };
    }
    case 'trouble':
      return { ...memory, trouble: { at: seen.at, trouble: seen.trouble } };
  }
}

/** The state that holds at `at`, and since when it would hold if it is new. */
function judge(memory: TruthMemory, at: number): PictureTruth {
  const { limits, frame, still, trouble, startedAt, capturedAt } = memory;
  const lastSeenAt = Math.max(frame?.at ?? 0, still?.at ?? 0);
  const isTroubled = trouble !== undefined && trouble.at >= lastSeenAt;
  if (isTroubled && trouble.trouble !== 'network') return { state: trouble.trouble, since: trouble.at };
  if (still && still.at >= (frame?.at ?? 0)) {
    if (at - still.capturedAt <= limits.stillAfterMs) return { state: 'still', since: still.at };
    const isSourceOld = still.at - still.capturedAt > limits.stillAfterMs;
    return isTroubled || isSourceOld ? { state: 'lost', since: still.at } : { state: 'late', since: at };
  }
  const isMoving = memory.clock !== undefined && at - memory.clock.at < limits.frozenAfterMs;
  const hasSilence = !frame || at - frame.at > limits.frozenAfterMs;
  if (!memory.hasPicture && isMoving && hasSilence) return { state: 'audio-only', since: startedAt };
  if (!frame) {
    const isLost = memory.truth.state === 'lost' || at - startedAt > limits.lostAfterMs;
    return { state: isLost ? 'lost' : 'loading', since: startedAt };
  }
  if (hasSilence) return { state: isTroubled ? 'lost' : 'frozen', since: frame.at };
  if (frame.inRun < RUN_FRAMES || at - frame.at > PAUSE_MS) return memory.truth;
  if (capturedAt !== undefined && at - capturedAt > limits.lateAfterMs) return { state: 'late', since: at };
  return { state: 'live', since: at };
}

/** Takes one observation in and says what is true now. Pure: the same observations always tell the same story. */
export function observe(memory: TruthMemory, seen: Observation): TruthMemory {
  const next = remember(memory, seen);
  const verdict = judge(next, seen.at);
  const truth = verdict.state === memory.truth.state ? memory.truth : verdict;
  return { ...next, truth };
}
