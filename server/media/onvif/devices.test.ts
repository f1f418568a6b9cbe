import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../kernel/clock.ts';
import { createCameraAddresses } from '../cameraAddress.ts';
import { startOnvifDevice, type OnvifDevice } from '../testing/onvifDevice.ts';
import { createOnvifDevices } from './devices.ts';
import { readMatch } from './match.ts';

const clock = createRealClock();
const LOGIN = { user: 'camera', password: 'mat-khau-rieng' };
let device: OnvifDevice;
beforeAll(async () => {
  device = await startOnvifDevice({ login: LOGIN, rtsp: 'rtsp://192.168.77.7:554/stream', clockOffsetMs: -90_000, now: () => clock.realNow() });
});
afterAll(() => device.close());

const devices = createOnvifDevices({ clock, addresses: createCameraAddresses(true), searchOn: 'lo' });
const login = () => ({ ...LOGIN, address: device.address });

test('a device says its model, its streams from large to small, and how wrong its clock is', async () => {
  const facts = await devices.describe(login());
  expect(facts).toMatchObject({
    ok: true,
    value: {
      model: 'Fixture Dome 1', canSteer: true,
      streams: [
        { profile: 'large', codec: 'h265', width: 1920, height: 1080, url: 'rtsp://camera:mat-khau-rieng@127.0.0.1:554/stream?profile=large' },
        { profile: 'small', codec: 'h264', width: 640, height: 360, url: 'rtsp://camera:mat-khau-rieng@127.0.0.1:554/stream?profile=small' },
      ],
    },
  });
  expect(Math.abs((facts.ok ? facts.value.clockOffsetMs : 0) + 90_000)).toBeLessThan(3000);
});

test('it is steered, stopped and sent to a preset', async () => {
  expect(await devices.move(login(), 'small', { pan: 0.5, tilt: -0.25, zoom: 0 })).toMatchObject({ ok: true });
  expect(await devices.stop(login(), 'small')).toMatchObject({ ok: true });
  expect(await devices.goTo(login(), 'small', '2')).toMatchObject({ ok: true });
  expect(device.acts).toEqual(['move 0.5 -0.25', 'stop', 'preset 2']);
  expect(await devices.presets(login(), 'small')).toEqual({ ok: true, value: [{ id: '1', name: 'Cổng' }, { id: '2', name: 'Ngã tư' }] });
});

test('what it recorded has an address of its own', async () => {
  expect(await devices.replay(login())).toEqual({ ok: true, value: 'rtsp://camera:mat-khau-rieng@127.0.0.1:554/stream?recording=r1' });
});

test.each([
  ['a wrong password', { password: 'sai' }, 'CAMERA_DEVICE'],
  ['nobody at the address', { address: 'http://127.0.0.1:9/onvif' }, 'CAMERA_DEVICE'],
  ['a login that would write XML', { user: '</Username>' }, 'CAMERA_ADDRESS'],
  ['a metadata service', { address: 'http://169.254.169.254/onvif' }, 'CAMERA_ADDRESS'],
])('%s is said in one word', async (_what, wrong, code) => {
  expect(await devices.describe({ ...login(), ...wrong })).toMatchObject({ ok: false, fault: { code } });
});

test('devices that answer a call to all are found', async () => {
  expect(await devices.find()).toEqual([{ address: device.address, name: 'Cổng chợ', model: 'Dome', position: [108.22, 16.06] }]);
});

test('an answer without an address, or with a DTD, is no device', () => {
  expect(readMatch('<a><ProbeMatch><Scopes>x</Scopes></ProbeMatch></a>')).toBeUndefined();
  expect(readMatch('<!DOCTYPE x><a/>')).toBeUndefined();
});
