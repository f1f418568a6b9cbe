import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTruth, observe, TRUTH_LIMITS, type Observation, type TruthMemory } from './truth.ts';

const LIMITS = TRUTH_LIMITS.grid;
const tell = (story: readonly Observation[], memory = createTruth(LIMITS, 0)) => story.reduce(observe, memory);
const tick = (at: number, more: Partial<Extract<Observation, { kind: 'tick' }>> = {}): Observation => ({ kind: 'tick', at, mediaTimeS: at / 1000, capturedAt: at - 3500, ...more });
const frame = (at: number): Observation => ({ kind: 'frame', at, mediaTimeS: at / 1000 });

/** Pictures and ticks as a healthy player reports them. */
function playing(from: number, to: number, lagMs = 3500): Observation[] {
  const story: Observation[] = [];
  for (let at = from; at <= to; at += 66) {
    story.push(frame(at));
    if (at % 500 < 66) story.push(tick(at, { capturedAt: at - lagMs }));
  }
  return story;
}
const ticks = (from: number, to: number, more = {}) => Array.from({ length: Math.floor((to - from) / 500) + 1 }, (_, index) => tick(from + index * 500, more));

describe('a picture', () => {
  it('loads, then is live from the third picture on', () => {
    expect(tell([frame(100), frame(166)]).truth).toEqual({ state: 'loading', since: 0 });
    expect(tell([frame(100), frame(166), frame(232)]).truth).toEqual({ state: 'live', since: 232 });
  });

  it('is frozen since its last picture', () => {
    const memory = tell([...playing(0, 5000), ...ticks(5100, 9000, { mediaTimeS: 5, capturedAt: 1500 })]);
    expect(memory.truth.state).toBe('frozen');
    expect(memory.truth.since).toBeGreaterThan(4900);
    expect(memory.truth.since).toBeLessThanOrEqual(5000);
  });

  it('of a scene without motion is live: pictures come, whatever is on them', () => {
    expect(tell(playing(0, 60_000)).truth.state).toBe('live');
  });

  it('does not turn live on one straggler', () => {
    const frozen = tell([...playing(0, 2000), ...ticks(2100, 8000, { mediaTimeS: 2 })]);
    expect(observe(frozen, frame(8200)).truth.state).toBe('frozen');
    expect(tell([frame(8200), frame(8266), frame(8333)], frozen).truth.state).toBe('live');
  });

  it('is not moved by the same picture shown again', () => {
    const frozen = tell([...playing(0, 2000), ...ticks(2100, 8000, { mediaTimeS: 2 })]);
    const again = Array.from({ length: 30 }, (_, index): Observation => ({ kind: 'frame', at: 8000 + index * 66, mediaTimeS: 2 }));
    expect(tell(again, frozen).truth.state).not.toBe('live');
  });

  it('is late when what it shows is old, and live again when it is not', () => {
    const late = tell([...playing(0, 4000), ...playing(4066, 12_000, 15_000)]);
    expect(late.truth.state).toBe('late');
    expect(tell(playing(12_066, 14_000), late).truth.state).toBe('live');
  });

  it('is lost when the network is to blame, with the time of its last picture', () => {
    const story = [...playing(0, 5000), { kind: 'trouble', at: 6000, trouble: 'network' } as const, ...ticks(6100, 9000, { mediaTimeS: 5 })];
    const { truth } = tell(story);
    expect(truth.state).toBe('lost');
    expect(truth.since).toBeLessThanOrEqual(5000);
  });

  it('that never comes is lost', () => {
    expect(tell(ticks(0, LIMITS.lostAfterMs)).truth.state).toBe('loading');
    expect(tell(ticks(0, LIMITS.lostAfterMs + 500)).truth).toEqual({ state: 'lost', since: 0 });
  });

  it('that is lost stays lost while it is asked for anew', () => {
    const lost = tell(ticks(0, LIMITS.lostAfterMs + 500));
    expect(tell([{ kind: 'started', at: 20_000 }, tick(20_500)], lost).truth).toEqual({ state: 'lost', since: 0 });
  });

  it('with sound alone is audio-only', () => {
    expect(tell(ticks(0, 5000, { hasPicture: false })).truth.state).toBe('audio-only');
  });

  it.each(['refused', 'unsupported-codec'] as const)('is %s at once, and stays so through a new attempt', (trouble) => {
    const memory = tell([...playing(0, 5000), { kind: 'trouble', at: 5100, trouble }]);
    expect(memory.truth).toEqual({ state: trouble, since: 5100 });
    expect(observe(memory, { kind: 'started', at: 40_000 }).truth).toEqual({ state: trouble, since: 5100 });
    expect(tell(playing(41_000, 41_500), memory).truth.state).toBe('live');
  });

  it('shown as a still says so, is late when the page does not get to it, and lost when no new one can be had', () => {
    const still = observe(createTruth(LIMITS, 0), { kind: 'still', at: 900, capturedAt: 100 });
    expect(still.truth.state).toBe('still');
    const old = tick(100 + LIMITS.stillAfterMs + 1, { mediaTimeS: 0, capturedAt: undefined });
    expect(observe(still, old).truth.state).toBe('late');
    expect(tell([{ kind: 'trouble', at: 1000, trouble: 'network' }, old], still).truth.state).toBe('lost');
    expect(observe(still, { kind: 'still', at: old.at, capturedAt: 100 }).truth.state).toBe('lost');
  });

  it('of a page that was hidden is not called frozen', () => {
    const shown = tell([{ kind: 'resumed', at: 60_000 }, tick(60_010, { mediaTimeS: 5 })], tell(playing(0, 5000)));
    expect(shown.truth.state).toBe('live');
  });
});

const gapsMs = fc.array(fc.record({ passMs: fc.integer({ min: 20, max: 3000 }), what: fc.constantFrom('frame', 'tick', 'network', 'started', 'still') }), { maxLength: 80 });

function wander(steps: { passMs: number; what: string }[], each: (memory: TruthMemory, at: number) => void): void {
  let at = 0;
  let memory = createTruth(LIMITS, 0);
  for (const { passMs, what } of steps) {
    at += passMs;
    const seen: Record<string, Observation> = {
      frame: frame(at),
      tick: tick(at),
      network: { kind: 'trouble', at, trouble: 'network' },
      started: { kind: 'started', at },
      still: { kind: 'still', at, capturedAt: at - 1000 },
    };
    memory = observe(memory, seen[what]!);
    each(memory, at);
  }
}

describe('whatever happens', () => {
  it('live means a picture within the last seconds', () => {
    fc.assert(
      fc.property(gapsMs, (steps) => {
        wander(steps, (memory, at) => {
          if (memory.truth.state === 'live') expect(at - memory.frame!.at).toBeLessThanOrEqual(LIMITS.frozenAfterMs);
        });
      }),
    );
  });

  it('ten seconds without a picture are never live, loading or still', () => {
    fc.assert(
      fc.property(gapsMs, (steps) => {
        wander(steps, (memory, at) => {
          const after = tell(ticks(at + 500, at + 10_000, { mediaTimeS: 1, capturedAt: undefined }), memory);
          expect(['lost', 'frozen', 'late']).toContain(after.truth.state);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('`since` is never ahead of the clock, and stays while the state stays', () => {
    fc.assert(
      fc.property(gapsMs, (steps) => {
        let last = createTruth(LIMITS, 0).truth;
        wander(steps, (memory, at) => {
          expect(memory.truth.since).toBeLessThanOrEqual(at);
          if (memory.truth.state === last.state) expect(memory.truth).toEqual(last);
          last = memory.truth;
        });
      }),
    );
  });
});
