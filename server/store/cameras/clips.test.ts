import { afterAll, expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createTestStore, testUnits } from '../topics/testStore.ts';
import { createClipStore } from './clips.ts';

const person: Principal = { kind: 'person', id: 'us-1', name: 'Tổ camera', roles: ['camera-team'], units: null };
const store = await createTestStore('embedded');
const clips = createClipStore(store);
const whole = scopeOf(person, testUnits.subtree);
const elsewhere = scopeOf({ ...person, units: ['20263'] }, testUnits.subtree);
const HASH = 'a'.repeat(64);
afterAll(() => store.close());

const camera = async () => {
  const [sent] = await store.send('camera', [{ key: 'c-1', at: store.clock.now(), name: 'Cầu Rồng', position: [108.2166, 16.0606], azimuth: 0, fieldOfView: 60, rangeM: 100 }]);
  return String(sent && 'id' in sent ? sent.id : '');
};

test('film is written down when it begins and when it is complete, and found by time, camera and alert', async () => {
  const id = await camera();
  const now = store.clock.now();
  const clip = await clips.open({ camera: id, kind: 'export', about: 'al-1', from: now - 60_000, to: now, actor: person, reason: 'Va chạm', deleteAt: now + 1000 });
  expect(await clips.left()).toMatchObject([{ id: clip, state: 'open', camera: id, name: 'Cầu Rồng' }]);
  await clips.settle(clip, { from: now - 59_000, to: now - 1000, bytes: 10, sha256: HASH });
  expect(await clips.touching(id, now - 5000, now)).toMatchObject([{ id: clip, state: 'kept', bytes: 10, sha256: HASH, from: now - 59_000, reason: 'Va chạm', madeBy: 'Tổ camera' }]);
  expect(await clips.touching(id, now, now + 5000)).toEqual([]);
  expect(await clips.list(whole, { about: 'al-1', limit: 5 })).toMatchObject({ value: [{ id: clip }] });
  expect(await clips.list(elsewhere, { limit: 5 })).toEqual({ ok: true, value: [] });
  expect(await clips.get(elsewhere, clip)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(await store.engine.query(`select act, words from camera_trace where act = 'export'`)).toEqual([{ act: 'export', words: 'Va chạm' }]);
  expect(await clips.expire(now)).toEqual([]);
  expect(await clips.expire(now + 1000)).toEqual([clip]);
  expect(await clips.get(whole, clip)).toMatchObject({ value: { state: 'deleted', sha256: null } });
});
