import type { CameraCodec } from '#contract/cameras.ts';
import type { Outcome } from '#contract/faults.ts';

/** Where a device is reached and as whom. Shape: `address` is its ONVIF service, http(s). */
export interface DeviceLogin {
  address: string;
  user: string;
  password: string;
}

/** One stream a device offers, the largest picture first. */
export interface DeviceStream {
  profile: string;
  codec: CameraCodec;
  width: number;
  height: number;
  /** With the login in it: for the seal, never for a screen. */
  url: string;
}

export interface DeviceFacts {
  model: string;
  canSteer: boolean;
  streams: DeviceStream[];
  /** The device's clock minus ours. Units: ms. */
  clockOffsetMs: number;
}

/** A device that answered a call to all. */
export interface FoundDevice {
  address: string;
  name: string;
  model: string;
  position: [number, number] | null;
}

/** Speeds of pan, tilt and zoom, -1 to 1. */
export interface Steering {
  pan: number;
  tilt: number;
  zoom: number;
}

/** Cameras spoken to over ONVIF. Fails: CAMERA_ADDRESS for an address no camera may have, CAMERA_DEVICE when it does not answer or refuses the login. */
export interface DevicesPort {
  find(): Promise<FoundDevice[]>;
  describe(login: DeviceLogin): Promise<Outcome<DeviceFacts>>;
  clockOffset(login: DeviceLogin): Promise<Outcome<number>>;
  move(login: DeviceLogin, profile: string, steering: Steering): Promise<Outcome<void>>;
  stop(login: DeviceLogin, profile: string): Promise<Outcome<void>>;
  presets(login: DeviceLogin, profile: string): Promise<Outcome<{ id: string; name: string }[]>>;
  goTo(login: DeviceLogin, profile: string, preset: string): Promise<Outcome<void>>;
  /** The RTSP address of what a recorder of this device kept, if it keeps anything (ONVIF Profile G). */
  replay(login: DeviceLogin): Promise<Outcome<string | null>>;
}
