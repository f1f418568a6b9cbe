import { expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createLinkState } from './linkState.ts';
import { LinkFailure } from './upperCentre.ts';

const rejected = (key: string, code: string) => ({ key, status: 'rejected' as const, fault: { code, message: '' } });

test('a link says since when it fails and why, and since when it is well again', () => {
  let now = 1000;
  const link = createLinkState({ clock: { realNow: () => now }, logger: createSilentLog() });
  expect(link.now()).toEqual({ fault: null, since: 1000, heardAt: null, waiting: 0, refused: null });
  link.heard();
  now = 2000;
  link.failed(new LinkFailure('away', 'ECONNREFUSED'), 2);
  now = 3000;
  link.failed(new LinkFailure('key', 'HTTP 401'), 5);
  expect(link.now()).toMatchObject({ fault: 'key', since: 2000, heardAt: 1000, waiting: 5 });
  now = 4000;
  link.heard();
  expect(link.now()).toMatchObject({ fault: null, since: 4000, heardAt: 4000, waiting: 0 });
});

test('what the other side will never take is passed over and counted; what it takes later holds the cursor', () => {
  const link = createLinkState({ clock: { realNow: () => 7 }, logger: createSilentLog() });
  link.passOver([{ key: 'a', status: 'accepted' }, { key: 'b', status: 'duplicate' }], 'up');
  expect(link.now().refused).toBeNull();
  link.passOver([rejected('c', 'INGEST_UNIT'), rejected('d', 'INGEST_POSITION')], 'up');
  link.passOver([rejected('e', 'INGEST_UNIT')], 'down');
  expect(link.now().refused).toEqual({ count: 3, code: 'INGEST_UNIT', at: 7 });
  expect(() => link.passOver([rejected('f', 'INGEST_UNIT'), rejected('g', 'INGEST_FUTURE')], 'up')).toThrow(LinkFailure);
  expect(link.now().refused?.count).toBe(3);
});
