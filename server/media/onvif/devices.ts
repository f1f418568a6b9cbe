import onvif, { type Cam } from 'onvif';
import type { CameraCodec } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { DeviceLogin, DevicesPort, DeviceStream, FoundDevice } from '../../domain/ports/devices.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { CameraAddresses } from '../cameraAddress.ts';
import { readMatch } from './match.ts';

/** Units: ms. */
const LIMITS = { answerMs: 5000, searchMs: 3000 };
/** The library writes a login into its XML as it stands. */
const UNSAFE = /[<>&"']/;

type Done<T> = (error: Error | null, value?: T) => void;
const asked = <T>(ask: (done: Done<T>) => void): Promise<T> => new Promise((resolve, reject) => ask((error, value) => (error ? reject(error) : resolve(value as T))));

const CODECS: Readonly<Record<string, CameraCodec>> = { H264: 'h264', H265: 'h265', 'MPV4-ES': 'other', JPEG: 'other' };

interface Profile {
  name?: string;
  $: { token: string };
  PTZConfiguration?: unknown;
  videoEncoderConfiguration?: { encoding?: string; resolution?: { width?: number; height?: number } };
}

export interface DevicesDeps {
  clock: Pick<Clock, 'realNow'>;
  addresses: CameraAddresses;
  /** Network interface to call devices on; the default route without it. */
  searchOn?: string;
}

/** Speaks ONVIF with cameras, at exactly the address that was checked: what a device says of its own address is not followed. */
export function createOnvifDevices({ clock, addresses, searchOn }: DevicesDeps): DevicesPort {
  const open = async ({ address, user, password }: DeviceLogin): Promise<Cam | undefined> => {
    const pinned = UNSAFE.test(user + password) ? undefined : await addresses.pin('hls', address);
    if (!pinned) return undefined;
    const { url } = pinned;
    const useSecure = url.protocol === 'https:';
    return new onvif.Cam({ hostname: pinned.address, port: Number(url.port) || (useSecure ? 443 : 80), path: url.pathname === '/' ? '/onvif/device_service' : url.pathname, username: user, password, useSecure, preserveAddress: true, autoconnect: false, timeout: LIMITS.answerMs });
  };

  /** Opens a device, does something with it and tells what went wrong in one word: a scan of the network learns nothing. */
  const withDevice = async <T>(login: DeviceLogin, work: (cam: Cam) => Promise<T>, isConnected = true): Promise<Outcome<T>> => {
    const cam = await open(login).catch(() => undefined);
    if (!cam) return refused('CAMERA_ADDRESS', { pointer: '/address' });
    cam.on('error', () => undefined);
    try {
      if (isConnected) await asked<unknown>((done) => cam.connect(done));
      return okay(await work(cam));
    } catch {
      return refused('CAMERA_DEVICE');
    }
  };

  const offsetOf = async (cam: Cam): Promise<number> => {
    const said = await asked<Date>((done) => cam.getSystemDateAndTime(done));
    return said.getTime() - clock.realNow();
  };

  /** The address a device gives for a stream, at the host we know it by, with the login for the seal. */
  const streamUrl = (said: string, { address, user, password }: DeviceLogin): string => {
    const url = new URL(said);
    url.hostname = new URL(address).hostname;
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(password);
    return url.href;
  };

  const streamOf = async (cam: Cam, login: DeviceLogin, { $, videoEncoderConfiguration: encoder }: Profile): Promise<DeviceStream> => {
    const { uri } = await asked<{ uri: string }>((done) => cam.getStreamUri({ protocol: 'RTSP', profileToken: $.token }, done as never));
    const { width = 0, height = 0 } = encoder?.resolution ?? {};
    return { profile: $.token, codec: CODECS[encoder?.encoding ?? ''] ?? 'other', width, height, url: streamUrl(uri, login) };
  };

  const steer = (login: DeviceLogin, act: (cam: Cam, done: Done<unknown>) => void): Promise<Outcome<void>> =>
    withDevice(login, async (cam) => void (await asked<unknown>((done) => act(cam, done))));

  return {
    find: () =>
      new Promise((resolve) => {
        const found = new Map<string, FoundDevice>();
        const hear = (_device: unknown, _from: unknown, xml: string) => {
          const match = readMatch(xml);
          if (match) found.set(match.address, match);
        };
        const ignore = () => undefined;
        onvif.Discovery.on('device', hear);
        onvif.Discovery.on('error', ignore);
        onvif.Discovery.probe({ timeout: LIMITS.searchMs, resolve: false, ...(searchOn === undefined ? {} : { device: searchOn }) }, () => {
          onvif.Discovery.off('device', hear);
          onvif.Discovery.off('error', ignore);
          resolve([...found.values()]);
        });
      }),

    describe: (login) =>
      withDevice(login, async (cam) => {
        const about = await asked<{ manufacturer?: string; model?: string }>((done) => cam.getDeviceInformation(done as never));
        const profiles = cam.profiles as unknown as Profile[];
        const streams: DeviceStream[] = [];
        for (const profile of profiles) if (profile.videoEncoderConfiguration) streams.push(await streamOf(cam, login, profile));
        streams.sort((a, b) => b.width * b.height - a.width * a.height);
        return { model: [about.manufacturer, about.model].filter(Boolean).join(' '), canSteer: profiles.some(({ PTZConfiguration }) => PTZConfiguration !== undefined), streams, clockOffsetMs: await offsetOf(cam) };
      }),

    clockOffset: (login) => withDevice(login, offsetOf, false),
    move: (login, profileToken, { pan, tilt, zoom }) => steer(login, (cam, done) => cam.continuousMove({ profileToken, x: pan, y: tilt, zoom } as never, done as never)),
    stop: (login, profileToken) => steer(login, (cam, done) => cam.stop({ profileToken, panTilt: true, zoom: true } as never, done as never)),
    presets: (login, profileToken) =>
      withDevice(login, async (cam) => {
        const presets = await asked<Record<string, { $: { token: string | number } }>>((done) => cam.getPresets({ profileToken }, done as never));
        return Object.entries(presets).map(([name, { $ }]) => ({ id: String($.token), name }));
      }),
    goTo: (login, profileToken, preset) => steer(login, (cam, done) => cam.gotoPreset({ profileToken, preset } as never, done as never)),
    replay: (login) =>
      withDevice(login, async (cam) => {
        const recordings = await asked<unknown>((done) => cam.getRecordings(done as never)).catch(() => undefined);
        const [first] = [recordings].flat() as { recordingToken?: string }[];
        if (!first?.recordingToken) return null;
        const uri = await asked<string>((done) => cam.getReplayUri({ recordingToken: first.recordingToken } as never, done as never));
        return streamUrl(uri, login);
      }),
  };
}
