import { expect, test } from 'vitest';
import { faultOf } from '#contract/faults.ts';
import { Acting, sayFault } from './acting.svelte.ts';

const place = (isOnline: boolean, answer: unknown) => {
  const sent: string[] = [];
  const live = { isOnline, command: async (name: string) => (sent.push(name), answer) };
  return { sent, acting: new Acting(live as never) };
};

test('an act that succeeds leaves no refusal', async () => {
  const { acting, sent } = place(true, { ok: true, value: { id: 'al-1' } });
  expect(await acting.send('alert.acknowledge', { id: 'al-1' })).toEqual({ id: 'al-1' });
  expect([sent, acting.busy, acting.say('vi')]).toEqual([['alert.acknowledge'], null, null]);
});

test('without a connection nothing is sent, and it is said', async () => {
  const { acting, sent } = place(false, { ok: true, value: {} });
  expect(await acting.send('alert.close', { id: 'al-1' })).toBeUndefined();
  expect(sent).toEqual([]);
  expect(acting.say('vi')).toContain('Mất kết nối');
  expect(acting.say('en')).toContain('nothing was sent');
});

/** Every answer comes when it is let. */
const slow = () => {
  const sent: [string, (answer: unknown) => void][] = [];
  const command = (name: string, { id }: { id: string }) => new Promise((answer) => sent.push([`${name} ${id}`, answer]));
  return { sent, acting: new Acting({ isOnline: true, command } as never) };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('an act pressed while another is under way follows it; the same one pressed twice is one', async () => {
  const { acting, sent } = slow();
  const acts = [acting.send('alert.acknowledge', { id: 'al-1' }), acting.send('alert.acknowledge', { id: 'al-1' }), acting.send('alert.acknowledge', { id: 'al-2' }), acting.send('alert.close', { id: 'al-1' })];
  for (const at of [0, 1, 2]) {
    await settled();
    expect(sent).toHaveLength(at + 1);
    sent[at]![1]({ ok: true, value: at });
  }
  expect(await Promise.all(acts)).toEqual([0, undefined, 1, 2]);
  expect(sent.map(([name]) => name)).toEqual(['alert.acknowledge al-1', 'alert.acknowledge al-2', 'alert.close al-1']);
  expect(acting.busy).toBeNull();
});

test('what waited behind an act that was refused is not sent, and why stays said; the next press goes', async () => {
  const { acting, sent } = slow();
  const acts = [acting.send('alert.acknowledge', { id: 'al-1' }), acting.send('alert.close', { id: 'al-1' })];
  await settled();
  sent[0]![1]({ ok: false, fault: faultOf('STATE_CONFLICT') });
  expect(await Promise.all(acts)).toEqual([undefined, undefined]);
  expect([sent.length, acting.say('en')]).toEqual([1, 'Someone just changed this. Look again and go on.']);
  const again = acting.send('alert.close', { id: 'al-1' });
  await settled();
  sent[1]![1]({ ok: true, value: 'closed' });
  expect([await again, acting.refusal]).toEqual(['closed', null]);
});

test('a refusal is said in the language of the screen, with who stands in the way', async () => {
  const { acting } = place(true, { ok: false, fault: faultOf('STATE_CONFLICT', { detail: 'Trực ban 2' }) });
  await acting.send('alert.acknowledge', { id: 'al-1' });
  expect(acting.say('en')).toBe('Someone just changed this. Look again and go on. Trực ban 2');
  expect(sayFault({ code: 'NEW_CODE', message: 'mới' } as never, 'en')).toBe('mới');
});
