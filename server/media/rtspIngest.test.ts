import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Log } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { endReason, ffmpegArguments, ffmpegInput, type SourceSink } from './ffmpegSource.ts';
import { backoffMs, createRtspIngest, INGEST } from './rtspIngest.ts';

const ADDRESS = 'rtsp://admin:Secret123@10.0.0.9:554/stream2';
const TRACK = { init: Buffer.from('init'), codec: 'avc1', timescale: 90_000 };
const clock = { realNow: () => Date.now() };

function createTestLog() {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify(fields) + message);
  const log: Log = { info: write, warn: write, error: write, debug: write, child: () => log };
  return { log, lines };
}

function setUp() {
  const sources: { sink: SourceSink; isStopped: boolean; stop(): void }[] = [];
  const { log, lines } = createTestLog();
  const ingest = createRtspIngest({
    clock,
    log,
    random: createRandom(7),
    url: ADDRESS,
    open: (_url, sink) => {
      const source = { sink, isStopped: false, stop: () => void (source.isStopped = true) };
      sources.push(source);
      return source;
    },
  });
  const newest = () => sources.at(-1)!;
  let index = 0;
  const picture = () => {
    newest().sink.onSample({ data: Buffer.from([1]), isKey: index % 15 === 0, duration: 6000, compositionOffset: 0, decodeTime: index * 6000 });
    index += 1;
  };
  const goLive = () => {
    newest().sink.onTrack(TRACK);
    for (let count = 0; count < 31; count += 1) picture();
  };
  return { ingest, sources, newest, picture, goLive, lines, state: () => ingest.status().state };
}

describe('the supervisor of a network camera', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is idle until someone watches, and opens one connection for all', () => {
    const { ingest, sources, state } = setUp();
    expect(state()).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
    for (let viewer = 0; viewer < 5; viewer += 1) ingest.touch();
    expect(sources).toHaveLength(1);
    expect(state()).toBe('connecting');
  });

  it('is live with the first picture', () => {
    const { ingest, goLive, state } = setUp();
    ingest.touch();
    goLive();
    expect(state()).toBe('live');
    expect(ingest.stream.window()?.segments).toHaveLength(2);
  });

  it('stops some time after the last viewer left, and leaves no timer', () => {
    const { ingest, goLive, picture, newest, state } = setUp();
    ingest.touch();
    goLive();
    for (let passed = 0; passed <= INGEST.idleStopMs + 500; passed += 500) {
      picture();
      vi.advanceTimersByTime(500);
    }
    expect(state()).toBe('idle');
    expect(newest().isStopped).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls four seconds without a picture stalled and connects again', () => {
    const { ingest, goLive, sources, state } = setUp();
    ingest.touch();
    goLive();
    vi.advanceTimersByTime(INGEST.watchdogMs + 250);
    expect(state()).toBe('stalled');
    expect(sources[0]!.isStopped).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(sources).toHaveLength(2);
    expect(state()).toBe('connecting');
  });

  it('waits longer after each failure, up to the cap', () => {
    const { ingest, sources, newest } = setUp();
    const tries: number[] = [];
    for (let passed = 0; passed < 30_000; passed += 250) {
      ingest.touch();
      if (sources.length > tries.length) {
        tries.push(Date.now());
        newest().sink.onEnd('unreachable');
      }
      vi.advanceTimersByTime(250);
    }
    const gaps = tries.slice(1).map((at, index) => at - tries[index]!);
    expect(gaps[0]).toBeLessThan(1000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(INGEST.longestBackoffMs * 1.25 + 500);
    expect(gaps.at(-1)).toBeGreaterThan(gaps[0]! * 3);
  });

  it('asks seldom after a wrong password', () => {
    const { ingest, sources, newest, state } = setUp();
    ingest.touch();
    newest().sink.onEnd('auth-failed');
    for (let passed = 0; passed < INGEST.slowRetryMs - 1000; passed += 1000) {
      ingest.touch();
      vi.advanceTimersByTime(1000);
    }
    expect(state()).toBe('auth-failed');
    expect(sources).toHaveLength(1);
  });

  it('names a codec that no browser plays, and hangs up', () => {
    const { ingest, newest, state } = setUp();
    ingest.touch();
    newest().sink.onTrack({ ...TRACK, codec: 'mp4v' });
    expect(state()).toBe('unsupported-codec');
    expect(newest().isStopped).toBe(true);
  });

  it('passes H.265 on under the name browsers ask for', () => {
    const { ingest, newest, picture } = setUp();
    ingest.touch();
    newest().sink.onTrack({ ...TRACK, init: Buffer.from('....hev1....'), codec: 'hev1' });
    for (let count = 0; count < 31; count += 1) picture();
    expect(ingest.stream.init(ingest.stream.window()!.segments[0]!.initId)?.toString()).toBe('....hvc1....');
  });

  it('says that ffmpeg is missing', () => {
    const { ingest, newest, state } = setUp();
    ingest.touch();
    newest().sink.onEnd('no-ffmpeg');
    expect(state()).toBe('no-ffmpeg');
  });

  it('does not listen to a connection it has given up', () => {
    const { ingest, goLive, sources, state } = setUp();
    ingest.touch();
    goLive();
    vi.advanceTimersByTime(INGEST.watchdogMs + 250);
    sources[0]!.sink.onSample({ data: Buffer.from([1]), isKey: true, duration: 6000, compositionOffset: 0, decodeTime: 0 });
    sources[0]!.sink.onEnd('ended');
    expect(state()).toBe('stalled');
  });

  it('logs that a camera went and came, never its address', () => {
    const { ingest, goLive, lines } = setUp();
    ingest.touch();
    goLive();
    vi.advanceTimersByTime(INGEST.watchdogMs + 250);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/Secret|admin|10\.0\.0\.9/);
  });
});

describe('the waiting time', () => {
  it('doubles from half a second to five, within a quarter', () => {
    const around = (share: number) => [1, 2, 3, 4, 5, 9].map((failures) => backoffMs(failures, { next: () => share }));
    expect(around(0.5)).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    expect(around(0)[0]).toBe(375);
    expect(around(1)[5]).toBe(6250);
  });
});

describe('ffmpeg', () => {
  it('is told to speak RTSP only and to copy, and its arguments name no camera', () => {
    const args = ffmpegArguments('copy').join(' ');
    expect(args).toMatch(/-protocol_whitelist pipe,rtsp,rtp,tcp,tls .* -i pipe:0 .* -c copy -f mp4 /);
    expect(args).not.toMatch(/Secret|10\.0\.0\.9/);
    expect(ffmpegInput(ADDRESS)).toContain(`file '${ADDRESS}'`);
  });

  it('reads a quote in a password as part of it', () => {
    expect(ffmpegInput("rtsp://u:a'b@10.0.0.9/x")).toContain("file 'rtsp://u:a'\\''b@10.0.0.9/x'\n");
  });

  it.each(['file:///etc/passwd', 'http://10.0.0.1/x', 'concat:a|b', '-i', ''])('is not given %j', (url) => {
    expect(() => ffmpegInput(url)).toThrow();
  });

  it.each([
    ['method DESCRIBE failed: 401 Unauthorized', 'auth-failed'],
    ['Connection to tcp://10.0.0.9:554 failed: Connection refused', 'unreachable'],
    ['Connection timed out', 'unreachable'],
    ["Stream map '0:v:0' matches no streams.", 'audio-only'],
    ['codec not currently supported in container', 'unsupported-codec'],
    ['Error in demuxing', 'ended'],
  ])('%j means %s', (said, reason) => {
    expect(endReason(said)).toBe(reason);
  });
});
