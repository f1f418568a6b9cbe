import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { findBox, readBoxes } from './boxes.ts';
import type { CameraFault } from './cameraFault.ts';
import { createMediaOrigin, lightAt, type CameraStreamSpec } from './origin.ts';
import { createHandClock } from './testing/clock.ts';
import { readPlaylist } from './testing/playlistReader.ts';

const START_AT = Date.UTC(2026, 10, 22, 3, 0, 0);
const START_S = START_AT / 1000;

function setUp(options: { fault?: () => CameraFault | undefined; spec?: CameraStreamSpec } = {}) {
  const clock = createHandClock(START_AT + 450);
  const spec = options.spec ?? { kind: 'loop', loop: 'riverside-day' };
  const origin = createMediaOrigin({ clock, log: createSilentLog(), random: createRandom(1), cameras: (id) => (id === 'cam' ? spec : undefined), faults: options.fault });
  const playlist = async (query = {}) => readPlaylist(String((await origin.serve('cam', 'index.m3u8', query)).body));
  return { clock, origin, playlist };
}

describe('the playlist of a loop camera', () => {
  it('names the last eight seconds by their epoch second, with wall time', async () => {
    const { tags, segments, mediaSequence } = await setUp().playlist();
    expect(mediaSequence).toBe(START_S - 8);
    expect(segments).toEqual(Array.from({ length: 8 }, (_, index) => `segment-${START_S - 8 + index}.m4s`));
    expect(tags.get('#EXT-X-TARGETDURATION')).toEqual(['1']);
    expect(tags.get('#EXT-X-PROGRAM-DATE-TIME')?.at(-1)).toBe(new Date(START_AT).toISOString());
  });

  it('shows the growing second in parts and hints the next one', async () => {
    const { tags } = await setUp().playlist();
    const growing = tags.get('#EXT-X-PART')?.filter((part) => part.includes(`part-${START_S}.`));
    expect(growing).toEqual([`DURATION=0.20000,URI="part-${START_S}.0.m4s",INDEPENDENT=YES`, `DURATION=0.20000,URI="part-${START_S}.1.m4s"`]);
    expect(tags.get('#EXT-X-PRELOAD-HINT')).toEqual([`TYPE=PART,URI="part-${START_S}.2.m4s"`]);
  });

  it('leaves low latency out for a grid tile', async () => {
    const { tags, segments } = await setUp().playlist({ parts: '0' });
    expect(segments).toHaveLength(8);
    expect([...tags.keys()].filter((tag) => /PART|PRELOAD|SERVER-CONTROL/.test(tag))).toEqual([]);
  });

  it('never takes the media sequence back, whatever goes wrong and when', async () => {
    const states = ['freeze', 'late', undefined] as const;
    const steps = fc.array(fc.record({ passMs: fc.integer({ min: 0, max: 9000 }), state: fc.constantFrom(...states) }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('freeze' as const, 'late' as const), async (walk, state) => {
        const fault: CameraFault = { state, since: START_AT + 20_000 };
        const { clock, playlist } = setUp({ fault: () => (clock.realNow() >= fault.since ? fault : undefined) });
        let last = 0;
        for (const { passMs } of walk) {
          clock.set(clock.realNow() + passMs);
          const { mediaSequence } = await playlist();
          expect(mediaSequence).toBeGreaterThanOrEqual(last);
          last = mediaSequence;
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the bodies of a loop camera', () => {
  it('are byte for byte the same from two origins', async () => {
    const [one, two] = [setUp(), setUp()];
    two.clock.set(two.clock.realNow() + 3000);
    for (const file of [`segment-${START_S - 3}.m4s`, `part-${START_S - 1}.4.m4s`]) {
      const [a, b] = [await one.origin.serve('cam', file), await two.origin.serve('cam', file)];
      expect(a.status).toBe(200);
      expect(Buffer.compare(a.body as Buffer, b.body as Buffer)).toBe(0);
    }
  });

  it('make a segment of exactly its parts', async () => {
    const { origin } = setUp();
    const parts = await Promise.all([0, 1, 2, 3, 4].map((part) => origin.serve('cam', `part-${START_S - 1}.${part}.m4s`)));
    const segment = await origin.serve('cam', `segment-${START_S - 1}.m4s`);
    expect(Buffer.concat(parts.map((part) => part.body as Buffer)).equals(segment.body as Buffer)).toBe(true);
  });

  it('carry decode times that count from the epoch in 64 bits, fifteen pictures a second', async () => {
    const segment = (await setUp().origin.serve('cam', `segment-${START_S - 1}.m4s`)).body as Buffer;
    const moofs = readBoxes(segment).filter((entry) => entry.type === 'moof');
    const times = moofs.map(({ payload }) => findBox(payload, 'traf/tfdt')!.readBigUInt64BE(4));
    expect(times).toEqual([0, 1, 2, 3, 4].map((part) => BigInt(START_S - 1) * 90_000n + BigInt(part) * 18_000n));
    expect(moofs.map(({ payload }) => findBox(payload, 'traf/trun')!.readUInt32BE(4))).toEqual([3, 3, 3, 3, 3]);
  });

  it('go on without a seam where the loop begins again', async () => {
    const { clock, origin } = setUp({ spec: { kind: 'loop', loop: 'riverside-day', phaseS: 7 } });
    const bodies = new Map<number, string>();
    for (let second = START_S; second < START_S + 21; second += 1) {
      clock.set((second + 1) * 1000);
      const body = (await origin.serve('cam', `segment-${second}.m4s`)).body as Buffer;
      bodies.set(second, readBoxes(body).filter((entry) => entry.type === 'mdat').map((entry) => entry.payload.toString('base64')).join());
    }
    expect(bodies.get(START_S + 20)).toBe(bodies.get(START_S));
    expect(new Set(bodies.values()).size).toBe(20);
  });

  it('include the newest key picture as a file of its own', async () => {
    const answer = await setUp().origin.serve('cam', 'still.mp4');
    expect(readBoxes(answer.body as Buffer).map((entry) => entry.type)).toEqual(['ftyp', 'moov', 'moof', 'mdat']);
    expect(answer.headers['x-captured-at']).toBe(String(START_AT - 1000));
  });
});

describe('blocking reload', () => {
  afterEach(() => vi.useRealTimers());

  const setUpTicking = () => {
    vi.useFakeTimers({ now: START_AT + 450 });
    const clock = { now: () => Date.now(), realNow: () => Date.now(), rate: () => 1, isReal: () => true };
    return createMediaOrigin({ clock, log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'loop', loop: 'riverside-day' }) });
  };

  it('answers as soon as the part exists, and not before', async () => {
    const origin = setUpTicking();
    let status = 0;
    const waiting = origin.serve('cam', 'index.m3u8', { _HLS_msn: String(START_S), _HLS_part: '2' }).then((answer) => (status = answer.status));
    await vi.advanceTimersByTimeAsync(149);
    expect(status).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(status).toBe(200);
  });

  it('keeps one timer for any number of viewers and none for nobody', async () => {
    const origin = setUpTicking();
    expect(vi.getTimerCount()).toBe(0);
    const waiting = Array.from({ length: 50 }, (_, index) => origin.serve(`cam${index}`, `part-${START_S}.2.m4s`));
    await vi.advanceTimersByTimeAsync(1);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect((await Promise.all(waiting)).every((answer) => answer.status === 200)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets go of a viewer who left', async () => {
    const origin = setUpTicking();
    const leaving = new AbortController();
    const answer = origin.serve('cam', 'index.m3u8', { _HLS_msn: String(START_S + 1) }, leaving.signal);
    leaving.abort();
    expect((await answer).status).toBe(503);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([{ _HLS_msn: String(START_S + 3) }, { _HLS_msn: 'x' }, { _HLS_part: '1' }, { _HLS_msn: '1', _HLS_part: '-1' }])('refuses %j', async (query) => {
    expect((await setUp().origin.serve('cam', 'index.m3u8', query)).status).toBe(400);
  });
});

describe('names that are no file', () => {
  const names = ['', '.', '../origin.ts', '..%2f..%2fetc%2fpasswd', '/etc/passwd', 'index.m3u8/../x', 'index.m3u8\0', 'segment-.m4s', 'segment-1e9.m4s', 'segment--1.m4s', 'part-1.m4s', 'init-../../x.mp4', 'init-ABCDEF01.mp4', 'riverside-day.h264', 'index.m3u8\n'];

  it.each(names)('refuses %j', async (name) => {
    const answer = await setUp().origin.serve('cam', name);
    expect(answer).toMatchObject({ status: 404, headers: { 'cache-control': 'no-store' } });
    expect(answer.body).toBeUndefined();
  });

  it('refuses any name outside the pattern', async () => {
    const { origin } = setUp();
    const refuses = fc.asyncProperty(fc.string(), async (name) => {
      expect((await origin.serve('cam', name)).status).toBe(404);
    });
    await fc.assert(refuses);
  });

  it('refuses a camera it does not know, a loop that is not there, a segment long gone and one to come', async () => {
    const { origin } = setUp();
    expect((await origin.serve('other', 'index.m3u8')).status).toBe(404);
    expect((await setUp({ spec: { kind: 'loop', loop: 'nowhere' } }).origin.serve('cam', 'index.m3u8')).status).toBe(404);
    for (const sequence of [START_S - 69, START_S, START_S + 1]) expect((await origin.serve('cam', `segment-${sequence}.m4s`)).status).toBe(404);
  });
});

describe('a camera made to fail', () => {
  it('is lost with a reason', async () => {
    const answer = await setUp({ fault: () => ({ state: 'lost', since: START_AT }) }).origin.serve('cam', 'index.m3u8');
    expect(answer).toMatchObject({ status: 503, headers: { 'x-camera-state': 'lost' } });
  });

  it('has a codec nobody plays', async () => {
    const answer = await setUp({ fault: () => ({ state: 'unsupported-codec', since: START_AT }) }).origin.serve('cam', 'index.m3u8');
    expect(answer).toMatchObject({ status: 415, headers: { 'x-camera-state': 'unsupported-codec' } });
  });

  it('stops growing when frozen', async () => {
    const { clock, playlist } = setUp({ fault: () => ({ state: 'freeze', since: START_AT }) });
    const before = await playlist();
    clock.set(START_AT + 60_000);
    expect(await playlist()).toEqual(before);
  });

  it('falls fifteen seconds behind when late, and says so in its dates', async () => {
    const { clock, playlist } = setUp({ fault: () => ({ state: 'late', since: START_AT }) });
    clock.set(START_AT + 60_000);
    const { segments, tags } = await playlist();
    expect(segments.at(-1)).toBe(`segment-${START_S + 44}.m4s`);
    expect(tags.get('#EXT-X-PROGRAM-DATE-TIME')?.at(-1)).toBe(new Date(START_AT + 44_000).toISOString());
  });

  it('sends sound only', async () => {
    const { clock, origin, playlist } = setUp({ fault: () => ({ state: 'audio-only', since: START_AT }) });
    clock.set(START_AT + 30_000);
    const { tags, segments } = await playlist();
    const [, name] = /URI="(.+)"/.exec(tags.get('#EXT-X-MAP')![0]!)!;
    const init = (await origin.serve('cam', name!)).body as Buffer;
    expect(findBox(init, 'moov/trak/mdia/hdlr')!.toString('latin1', 8, 12)).toBe('soun');
    expect((await origin.serve('cam', segments[0]!)).status).toBe(200);
  });
});

describe('day, dusk and night', () => {
  it('turn at 17:00, 18:00 and 5:30 in Đà Nẵng', () => {
    const at = (text: string) => lightAt(Date.parse(`2026-11-22T${text}+07:00`) / 1000);
    expect(['05:29:59', '05:30:00', '16:59:59', '17:00:00', '18:00:00'].map(at)).toEqual(['night', 'day', 'day', 'dusk', 'night']);
  });
});
