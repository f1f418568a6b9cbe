import { afterAll, expect, test } from 'vitest';
import type { CameraConnection, CameraEdit } from '#contract/cameras.ts';
import { okay } from '#contract/faults.ts';
import type { PictureMask } from '#contract/topics/camera.ts';
import type { Principal } from '#contract/roles.ts';
import { isInVietnam } from '../../../geo/inside.ts';
import type { DevicesPort } from '../../domain/ports/devices.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { readStreams } from '../topics/cameraStreams.ts';
import { alertItem, createTestStore, testSeal, testUnits } from '../topics/testStore.ts';
import { createCameraWork } from './cameras.ts';

const team: Principal = { kind: 'person', id: 'us-1', name: 'Tổ camera', roles: ['camera-team'], units: null };
const guest: Principal = { ...team, id: 'us-2', roles: ['guest'] };
const ward: Principal = { ...team, id: 'us-3', units: ['20263'] };
const auditor: Principal = { ...team, id: 'us-4', roles: ['auditor'] };
const whole = (actor: Principal) => scopeOf(actor, testUnits.subtree);
const EDIT: CameraEdit = {
  name: 'Cầu Rồng', unit: '20242', groups: ['Cầu'], position: [108.22, 16.06], azimuth: 90, fieldOfView: 60, rangeM: 120, heightM: 8, kind: null, purpose: 'Giao thông', noticePosted: true,
  retentionDays: 30, certificate: 'CN-01', contractor: 'SO-MAU-A', streams: [{ role: 'sub', kind: 'rtsp', url: 'rtsp://xem:matkhau@10.1.2.3/2' }],
};

const LOGIN = { address: 'http://10.1.2.3/onvif/device_service', user: 'admin', password: '12345' };
const steered: string[] = [];
const streamOf = (profile: string, codec: 'h264' | 'h265', width: number) => ({ profile, codec, width, height: Math.round((width * 9) / 16), url: `rtsp://admin:12345@10.1.2.3/${profile}` });
const devices: DevicesPort = {
  find: async () => [{ address: LOGIN.address, name: 'Cổng', model: 'Dome', position: null }],
  describe: async () => okay({ model: 'Dome', canSteer: true, clockOffsetMs: 90_000, streams: [streamOf('large', 'h265', 1920), streamOf('middle', 'h264', 1280), streamOf('small', 'h264', 640)] }),
  clockOffset: async () => okay(90_000),
  move: async (_login, profile, { pan }) => okay(void steered.push(`${profile} ${pan}`)),
  stop: async () => okay(void steered.push('stop')),
  presets: async () => okay([{ id: '1', name: 'Cổng' }]),
  goTo: async (_login, _profile, preset) => okay(void steered.push(preset)),
  replay: async () => okay('rtsp://admin:12345@10.1.2.3/replay'),
};
const probed: { state: CameraConnection; gate?: Promise<void> } = { state: 'live' };
const store = await createTestStore('embedded');
const work = createCameraWork({
  engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits, seal: testSeal, allowLoopback: false,
  places: { isInVietnam, wardAt: ([lon = 0]) => (lon < 108.225 ? '20242' : '20263') },
  probe: async () => {
    await probed.gate;
    return probed.state;
  },
  devices,
});
afterAll(async () => {
  await work.close();
  await store.close();
});

test('a camera is registered with its addresses sealed, and they never come back', async () => {
  const made = await work.register(team, undefined, EDIT);
  expect(made).toMatchObject({ ok: true, value: { name: 'Cầu Rồng', groups: ['Cầu'], heightM: 8, contractor: 'SO-MAU-A', streams: [{ role: 'sub', kind: 'rtsp' }] } });
  expect(JSON.stringify(made)).not.toContain('matkhau');
  const id = made.ok ? made.value.id : '';
  const { streams: _sent, ...rest } = EDIT;
  expect(await work.register(team, id, { ...rest, azimuth: 180 })).toMatchObject({ ok: true, value: { id, azimuth: 180, streams: [{ role: 'sub', kind: 'rtsp' }] } });
  expect(await readStreams(store.engine, testSeal, id)).toEqual(EDIT.streams);
});

test('one address is changed or given up without touching the other', async () => {
  const main = { role: 'main' as const, kind: 'rtsp' as const, url: 'rtsp://10.1.2.3/1' };
  const rolesAfter = async (edit: Partial<CameraEdit>) => {
    const done = await work.register(team, 'cam-1', { ...EDIT, streams: [], ...edit });
    return done.ok ? [done.value.streams.map(({ role }) => role).sort(), (await readStreams(store.engine, testSeal, 'cam-1')).map(({ url }) => url)] : done;
  };
  expect(await rolesAfter({ streams: [main] })).toEqual([['main', 'sub'], [main.url, EDIT.streams![0]!.url]]);
  expect(await rolesAfter({ withoutStreams: ['main'] })).toEqual([['sub'], [EDIT.streams![0]!.url]]);
});

test.each([
  ['a guest', guest, EDIT, 'AUTH_FORBIDDEN'],
  ['a ward on another ward', ward, EDIT, 'AUTH_FORBIDDEN'],
  ['an unknown unit', team, { ...EDIT, unit: '99999' }, 'INGEST_UNIT'],
  ['a place abroad', team, { ...EDIT, position: [2.3, 48.8] }, 'INGEST_POSITION'],
  ['the server itself', team, { ...EDIT, streams: [{ role: 'sub', kind: 'hls', url: 'http://127.0.0.1:8080/x.m3u8' }] }, 'CAMERA_ADDRESS'],
  ['a metadata service', team, { ...EDIT, streams: [{ role: 'sub', kind: 'hls', url: 'http://[::ffff:169.254.169.254]/x.m3u8' }] }, 'CAMERA_ADDRESS'],
  ['a file', team, { ...EDIT, streams: [{ role: 'sub', kind: 'rtsp', url: 'file:///etc/passwd' }] }, 'CAMERA_ADDRESS'],
] as const)('%s is refused', async (_what, actor, edit, code) => {
  expect(await work.register(actor, undefined, edit as CameraEdit)).toMatchObject({ ok: false, fault: { code } });
});

test('a list says row by row what is wrong; its preview changes nothing', async () => {
  const text = 'Mã tham chiếu,Tên,Kinh độ,Vĩ độ,Đơn vị quản lý,Luồng phụ\nA-1,Chợ Hàn,108.2241,16.0682,20242,rtsp://10.0.0.9/1\nA-2,,108.2,sai,99,http://169.254.1.1/x\n';
  const preview = await work.importList(team, { format: 'csv', text, isPreview: true });
  expect(preview).toMatchObject({ ok: true, value: { accepted: 1, refused: 1, rows: [{ outcome: 'new' }, { outcome: 'refused', faults: [{ field: 'Tên' }, { field: 'Vĩ độ' }, { field: 'Luồng phụ' }, { field: 'Đơn vị quản lý' }] }] } });
  expect(await work.exportList(whole(team), 'csv')).toMatchObject({ value: expect.not.stringContaining('Chợ Hàn') });
  await work.importList(team, { format: 'csv', text, isPreview: false });
  const list = await work.exportList(whole(team), 'csv');
  expect(list.ok && list.value).toContain('Chợ Hàn');
  expect(list.ok && list.value).not.toContain('rtsp');
  expect(await work.importList(team, { format: 'csv', text: list.ok ? list.value : '', isPreview: true })).toMatchObject({ value: { refused: 0 } });
});

test('a list that went out comes back as the same cameras, those of other sources too, and never changes one that is hidden', async () => {
  await store.send('camera', [{ key: 'van-1', ref: 'VAN-1', at: store.clock.now(), name: 'Camera của nguồn khác', position: [108.21, 16.06], azimuth: 0, fieldOfView: 60, rangeM: 80, unit: '20242' }]);
  const list = await work.exportList(whole(team), 'csv');
  const text = list.ok ? list.value : '';
  const back = await work.importList(team, { format: 'csv', text, isPreview: false });
  expect(back.ok && back.value.rows.filter(({ outcome }) => outcome !== 'changed')).toEqual([]);
  expect(await work.exportList(whole(team), 'csv')).toEqual(list);
  const stolen = 'Mã tham chiếu,Tên,Kinh độ,Vĩ độ,Đơn vị quản lý\nVAN-1,Của tôi,108.24,16.07,20263\n';
  expect(await work.importList(ward, { format: 'csv', text: stolen, isPreview: false })).toMatchObject({ value: { accepted: 0, rows: [{ outcome: 'refused', faults: [{ field: '/ref' }] }] } });
});

test('an ONVIF list names its devices, and one that is none is refused', async () => {
  const scopes = 'onvif://www.onvif.org/name/Ngã_tư onvif://www.onvif.org/location/coordinates/108.21,16.05 onvif://www.onvif.org/hardware/X1';
  const text = `<e:Envelope xmlns:e="e"><e:Body><d:ProbeMatches xmlns:d="d"><d:ProbeMatch><a:EndpointReference xmlns:a="a"><a:Address>urn:uuid:1</a:Address></a:EndpointReference><d:Scopes>${scopes}</d:Scopes><d:XAddrs>http://10.0.0.4/onvif</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`;
  expect(await work.importList(team, { format: 'onvif', text, isPreview: true })).toMatchObject({ value: { rows: [{ name: 'Ngã tư', outcome: 'new' }] } });
  expect(await work.importList(team, { format: 'onvif', text: '<!DOCTYPE x [<!ENTITY a "b">]><x/>', isPreview: true })).toMatchObject({ ok: false, fault: { code: 'CAMERA_LIST' } });
});

test('the register goes out as an ONVIF list without addresses, and comes back in', async () => {
  const list = await work.exportList(whole(team), 'onvif');
  const text = list.ok ? list.value : '';
  expect(text).not.toMatch(/rtsp|10\.1\.2\.3/);
  const back = await work.importList(team, { format: 'onvif', text, isPreview: true });
  expect(back).toMatchObject({ ok: true, value: { refused: 0, rows: expect.arrayContaining([expect.objectContaining({ name: 'Cầu Rồng', outcome: 'changed' })]) } });
  const before = await work.exportList(whole(team), 'csv');
  await work.importList(team, { format: 'onvif', text, isPreview: false });
  expect(await work.exportList(whole(team), 'csv')).toEqual(before);
});

test('masks of a picture stay until others are drawn', async () => {
  const mask: PictureMask = [[0, 0], [0.5, 0], [0.5, 0.5]];
  const { streams: _sent, ...rest } = EDIT;
  const masksAfter = async (edit: Partial<CameraEdit>) => {
    const done = await work.register(team, 'cam-1', { ...rest, ...edit });
    return done.ok ? done.value.masks : done;
  };
  expect(await masksAfter({ masks: [mask] })).toEqual([mask]);
  expect(await masksAfter({})).toEqual([mask]);
  expect(await work.exportList(whole(team), 'csv')).toMatchObject({ value: expect.stringContaining('0,0 50,0 50,50') });
  expect(await masksAfter({ masks: [] })).toEqual([]);
});

test('a picture is kept as evidence with its reason, and views are for those who audit', async () => {
  const [sent] = await store.send('alert', [alertItem()]);
  const alert = sent && 'id' in sent ? String(sent.id) : '';
  const picture = { attachment: 'at-1', takenAt: store.clock.now(), reason: 'Xe dừng trên cầu', about: alert };
  expect(await work.snapshot(guest, 'cam-1', picture)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await work.snapshot(team, 'cam-1', { ...picture, reason: ' ' })).toMatchObject({ fault: { code: 'CAMERA_REASON' } });
  expect(await work.snapshot(ward, 'cam-1', picture)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(await work.snapshot(team, 'cam-1', picture)).toMatchObject({ ok: true, value: { attachment: 'at-1', about: alert, actor: 'Tổ camera' } });
  expect(await store.engine.query('select evidence from alert')).toEqual([{ evidence: ['at-1'] }]);
  for (let times = 0; times < 3; times += 1) work.viewed(guest, 'cam-1');
  const viewsOf = async (actor: Principal) => {
    const found = await work.traces(whole(actor), { limit: 50 });
    return found.ok ? found.value.filter(({ act }) => act === 'view').length : -1;
  };
  await expect.poll(() => viewsOf(auditor), { timeout: 5000 }).toBe(1);
  expect(await viewsOf(team)).toBe(0);
});

const goRound = async () => {
  const begun = await work.beginRound();
  await untilRoundEnds();
  return begun;
};
const untilRoundEnds = () => expect.poll(async () => (await work.roundState())?.isGoing).toBe(false);

test('the round finds what is down, and a fault is handed over once, with a deadline', async () => {
  expect(await work.roundState()).toBeNull();
  await goRound();
  store.clock.move({ at: store.clock.now() + 600_000 });
  probed.state = 'frozen';
  await goRound();
  store.clock.move({ at: store.clock.now() + 600_000 });
  const now = store.clock.now();
  const health = await work.health(whole(team), now - 86_400_000, now);
  expect(health.ok && health.value.items.find(({ id }) => id === 'cam-1')).toMatchObject({ state: 'frozen', availability: 0.5, outages: 1, frozenMs: 600_000, request: null });
  const handed = await work.handOver(team, 'cam-1', { unit: 'SO-MAU-A' });
  expect(handed).toMatchObject({ ok: true, value: { title: 'Camera «Cầu Rồng»: hình đứng', unit: 'SO-MAU-A', dueAt: now + 8 * 3_600_000 } });
  expect(await work.handOver(team, 'cam-1', { unit: 'SO-MAU-A' })).toMatchObject({ fault: { code: 'STATE_CONFLICT' } });
});

test('a set is kept, changed and removed', async () => {
  const edit = { kind: 'salvo' as const, name: 'Các cầu', cameras: ['cam-1'], size: 4 as const, dwellS: 10 };
  const kept = await work.keepSet(whole(team), undefined, edit);
  const id = kept.ok ? kept.value.id : '';
  expect(await work.keepSet(whole(team), id, { ...edit, size: 9 })).toMatchObject({ value: { id, size: 9 } });
  expect(await work.keepSet(whole(guest), undefined, edit)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await work.removeSet(whole(team), id)).toMatchObject({ ok: true });
  expect(await work.sets(whole(team))).toEqual({ ok: true, value: [] });
});

test('a device is read into the register: small, large and recorded pictures, its login sealed and known to all', async () => {
  expect(await work.readDevice(guest, 'cam-1', LOGIN)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await work.readDevice(ward, 'cam-1', LOGIN)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  const read = await work.readDevice(team, 'cam-1', LOGIN);
  expect(read).toMatchObject({ ok: true, value: { model: 'Dome', canSteer: true, clockOffsetMs: 90_000, hasDefaultLogin: true, streams: [{ role: 'sub', codec: 'h264', width: 640 }, { role: 'main', codec: 'h265', width: 1920 }, { role: 'recorder' }] } });
  expect(JSON.stringify(read)).not.toContain('12345');
  expect((await readStreams(store.engine, testSeal, 'cam-1')).map(({ role, url }) => `${role} ${url.split('/').at(-1)}`)).toEqual(['main large', 'recorder replay', 'sub small']);
  probed.state = 'live';
  store.clock.move({ at: store.clock.now() + 60_000 });
  await goRound();
  const now = store.clock.now() + 1;
  const health = await work.health(whole(team), now - 86_400_000, now);
  expect(health.ok && health.value.items.find(({ id }) => id === 'cam-1')).toMatchObject({ clockOffsetMs: 90_000, hasDefaultLogin: true });
});

test('one person steers a camera at a time; a higher rank takes over on purpose, and it is written down', async () => {
  const admin: Principal = { ...team, id: 'us-9', name: 'Quản trị', roles: ['admin'] };
  const right = { do: 'move' as const, pan: 0.5, tilt: 0, zoom: 0 };
  expect(await work.steer(guest, 'cam-1', { act: right })).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  expect(await work.steer(team, 'cam-1', { act: right })).toMatchObject({ ok: true, value: { holder: 'Tổ camera' } });
  expect(await work.steer(admin, 'cam-1', { act: right })).toMatchObject({ fault: { code: 'CAMERA_HELD', detail: 'Tổ camera' } });
  expect(await work.steer(admin, 'cam-1', { act: { do: 'preset', preset: '1' }, takeOver: true })).toMatchObject({ ok: true, value: { holder: 'Quản trị' } });
  expect(await work.steer(team, 'cam-1', { act: { do: 'stop' }, takeOver: true })).toMatchObject({ fault: { code: 'CAMERA_HELD' } });
  expect(await work.steer(admin, 'cam-1', { act: { do: 'release' } })).toEqual({ ok: true, value: { holder: null, until: null } });
  expect(await work.steer(team, 'cam-1', { act: right })).toMatchObject({ ok: true });
  expect(steered).toEqual(['large 0.5', '1', 'stop', 'large 0.5']);
  const traces = await work.traces(whole(team), { limit: 50 });
  expect(traces.ok && traces.value.filter(({ act }) => act === 'steer').map(({ actor, words }) => `${actor} ${words ?? ''}`)).toEqual(['Tổ camera ', 'Quản trị ← Tổ camera', 'Tổ camera ']);
  expect(await work.steer(team, 'cam-2', { act: right })).toMatchObject({ fault: { code: 'CAMERA_NO_DEVICE' } });
});

test('the round says how far it is, is begun once, and stops when told', async () => {
  for (let n = 0; n < 5; n++) await work.register(team, undefined, { ...EDIT, name: `Cầu Rồng ${n}` });
  const gate = Promise.withResolvers<void>();
  probed.gate = gate.promise;
  const begun = await work.beginRound();
  expect(begun).toMatchObject({ checked: 0, isGoing: true, isStopped: false });
  expect(begun.total).toBeGreaterThan(4);
  expect(await work.beginRound()).toEqual(begun);
  expect(await work.stopRound()).toMatchObject({ isGoing: true, isStopped: true });
  gate.resolve();
  await untilRoundEnds();
  delete probed.gate;
  const stopped = await work.roundState();
  expect(stopped).toMatchObject({ startedAt: begun.startedAt, isGoing: false, isStopped: true });
  expect(stopped!.checked).toBeLessThan(begun.total);
  const next = await goRound();
  expect(next.startedAt).toBeGreaterThan(begun.startedAt);
  expect(await work.roundState()).toMatchObject({ checked: next.total, isGoing: false, isStopped: false });
});

test('a round whose server ended does not stand in the way for ever', async () => {
  await store.engine.query('update camera_round set ended_at = null, touched_at = $1', [store.clock.now()]);
  expect(await work.beginRound()).toMatchObject({ isGoing: true });
  store.clock.move({ at: store.clock.now() + 120_001 });
  expect(await work.roundState()).toMatchObject({ isGoing: false });
  await goRound();
  expect(await work.roundState()).toMatchObject({ isGoing: false, isStopped: false });
});
