import { describe, expect, it } from 'vitest';
import { faultOf } from '#contract/faults.ts';
import { createMemoryBox, type Box } from './box.ts';
import { createOutbox, type Outbox, type Waiting } from './outbox.ts';
import type { Sent } from './send.ts';
import { sendPhoto } from './sendPhoto.ts';
import { fitted } from './shrinkPhoto.ts';

type Job = { text: string };
const open = async (answers: Sent<string>[], box: Box<Waiting<Job>> = createMemoryBox()) => {
  const sent: string[] = [];
  const done: string[] = [];
  const timers: { act: () => void; ms: number }[] = [];
  let shown: readonly Waiting<Job>[] = [];
  const outbox: Outbox<Job> = await createOutbox<Job, string>({
    box,
    send: async ({ text }) => {
      sent.push(text);
      return answers.shift() ?? { kind: 'done', value: 'ok' };
    },
    onChange: (waiting) => void (shown = waiting),
    onDone: ({ id }) => done.push(id),
    now: () => 5,
    later(act, ms) {
      timers.push({ act, ms });
      return () => undefined;
    },
  });
  const settled = () => expect.poll(() => shown.filter(({ fault }) => fault === null).length);
  return { outbox, sent, done, timers, settled, shown: () => shown, box };
};

describe('the outbox', () => {
  it('sends in order, once each', async () => {
    const { outbox, sent, done, settled } = await open([]);
    await Promise.all([outbox.add('a', { text: '1' }), outbox.add('b', { text: '2' }), outbox.add('a', { text: '1' })]);
    await settled().toBe(0);
    expect([sent, done]).toEqual([['1', '2'], ['a', 'b']]);
  });

  it('keeps what did not arrive, pauses longer each time, and a wake-up tries at once', async () => {
    const { outbox, sent, timers, settled, shown } = await open([{ kind: 'later' }, { kind: 'later' }]);
    await outbox.add('a', { text: '1' });
    await expect.poll(() => timers.length).toBe(1);
    expect(shown()[0]).toMatchObject({ tries: 1, fault: null });
    outbox.wake();
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([2000, 4000]);
    timers[1]?.act();
    await settled().toBe(0);
    expect(sent).toEqual(['1', '1', '1']);
  });

  it('leaves a refused item to the person and goes on with the others', async () => {
    const { outbox, done, shown, settled } = await open([{ kind: 'refused', fault: faultOf('STATE_STEP') }]);
    await Promise.all([outbox.add('a', { text: '1' }), outbox.add('b', { text: '2' })]);
    await settled().toBe(0);
    expect(done).toEqual(['b']);
    expect(shown().map(({ id, fault }) => [id, fault?.code])).toEqual([['a', 'STATE_STEP']]);
    await outbox.again('a');
    await expect.poll(() => shown().length).toBe(0);
  });

  it('finds after a reload what it had before', async () => {
    const first = await open([{ kind: 'later' }]);
    await first.outbox.add('a', { text: '1' });
    await expect.poll(() => first.timers.length).toBe(1);
    first.outbox.close();
    const second = await open([], first.box);
    await expect.poll(() => second.done).toEqual(['a']);
  });
});

describe('photos', () => {
  it('go on after a break with the pieces the server lacks', async () => {
    const photo = new Blob([new Uint8Array(60_000)]);
    const have = new Set<number>([1]);
    const asked: number[] = [];
    let isDown = true;
    const post = async (_path: string, body: FormData | object): Promise<Sent<never>> => {
      const index = Number((body as FormData).get('index'));
      asked.push(index);
      if (index === 2 && isDown) return { kind: 'later' };
      have.add(index);
      return { kind: 'done', value: { have: [...have], media: have.size === 3 ? 'at-1' : null } as never };
    };
    expect(await sendPhoto('upload-1', photo, post)).toEqual({ kind: 'later' });
    isDown = false;
    expect(await sendPhoto('upload-1', photo, post)).toEqual({ kind: 'done', value: 'at-1' });
    expect(asked).toEqual([0, 2, 0, 2]);
  });

  it('fit the longest side and never grow', () => {
    expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fitted(1000, 3200, 1600)).toEqual({ width: 500, height: 1600 });
    expect(fitted(800, 600, 1600)).toEqual({ width: 800, height: 600 });
  });
});
