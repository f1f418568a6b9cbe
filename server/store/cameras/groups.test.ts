import { afterAll, expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { createTestStore } from '../topics/testStore.ts';
import { CAMERA_GROUP_CHANNEL, createCameraGroups } from './groups.ts';

const admin: Principal = { kind: 'person', id: 'ac-1', name: 'Quản trị', roles: ['admin'], units: null };
const FOR_LEADERS = { roles: ['leader' as const], people: ['Tran-Ban'], onWalls: true };

const store = await createTestStore('embedded');
const groups = await createCameraGroups(store);
const addCamera = (n: number, names: string[]) => store.send('camera', [{ key: `cam-${n}`, at: store.clock.now(), name: `Camera ${n}`, position: [108.22, 16.06], azimuth: 0, fieldOfView: 60, rangeM: 80, groups: names }]);
afterAll(() => store.close());

test('a group is kept for some, told as it was meant, and opened again', async () => {
  await store.engine.query(`insert into account (login, name, position, roles, units, password_hash, created_at) values ('tran-ban', 'Trần Bản', '', '{leader}', null, 'x', 0)`);
  await addCamera(1, ['Cổng trụ sở', 'Cầu']);
  await addCamera(2, ['Cầu']);
  expect(await groups.list()).toEqual([{ group: 'Cầu', cameras: 2, right: null }, { group: 'Cổng trụ sở', cameras: 1, right: null }]);
  expect(await groups.keep(admin, { group: 'Cầu', right: FOR_LEADERS })).toMatchObject({ ok: true });
  expect(await groups.list()).toContainEqual({ group: 'Cầu', cameras: 2, right: { roles: ['leader'], people: ['tran-ban'], onWalls: true } });
  expect(groups.rights()).toEqual([{ group: 'Cầu', roles: ['leader'], people: [expect.stringMatching(/^ac-\d+$/)], onWalls: true }]);
  expect(await groups.keep(admin, { group: 'Cầu', right: null })).toMatchObject({ ok: true });
  expect(groups.rights()).toEqual([]);
  expect((await store.engine.query<{ line: string }>(`select action || ' ' || object as line from audit_log where action like 'camera-group.%' order by n`)).map(({ line }) => line)).toEqual(['camera-group.close Cầu', 'camera-group.open Cầu']);
});

test('a user name that no account has is named, and nothing changes', async () => {
  expect(await groups.keep(admin, { group: 'Cầu', right: { ...FOR_LEADERS, people: ['tran-ban', 'khong-co'] } })).toMatchObject({ fault: { code: 'NOT_FOUND', pointer: '/right/people', detail: 'khong-co' } });
  expect(groups.rights()).toEqual([]);
});

test('another server learns of it at once', async () => {
  const other = await createCameraGroups(store);
  const listening = await store.engine.listen(CAMERA_GROUP_CHANNEL, () => void other.reload());
  await groups.keep(admin, { group: 'Cầu', right: FOR_LEADERS });
  await expect.poll(() => other.rights().map(({ group }) => group)).toEqual(['Cầu']);
  await listening.close();
});

test('a camera without groups counts for none', async () => {
  await addCamera(3, []);
  expect((await groups.list()).reduce((sum, { cameras }) => sum + cameras, 0)).toBe(3);
});
