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

test('a refusal is said in the language of the screen, with who stands in the way', async () => {
  const { acting } = place(true, { ok: false, fault: faultOf('STATE_CONFLICT', { detail: 'Trực ban 2' }) });
  await acting.send('alert.acknowledge', { id: 'al-1' });
  expect(acting.say('en')).toBe('Someone just changed this. Look again and go on. Trực ban 2');
  expect(sayFault({ code: 'NEW_CODE', message: 'mới' } as never, 'en')).toBe('mới');
});
