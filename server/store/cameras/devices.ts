import type { CameraControls, CameraDevice, CameraDeviceEdit, FoundCamera, SteerAnswer, SteerAsk } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { CameraState, CameraStream } from '#contract/topics/camera.ts';
import { isDefaultLogin } from '../../domain/camera/defaultLogin.ts';
import { HOLD_MS, maySteer, rankOf, type CameraHold } from '../../domain/camera/hold.ts';
import { mayRegisterCameras } from '../../domain/camera/rights.ts';
import type { DeviceFacts, DeviceLogin, DevicesPort, DeviceStream } from '../../domain/ports/devices.ts';
import { scopeOf, sees } from '../../domain/scope.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Queryable, Row } from '../engine/engine.ts';
import { cameraTable } from '../topics/camera.ts';
import { changeStreams } from '../topics/cameraStreams.ts';
import type { Seal } from '../topics/seal.ts';
import { changeOf, createDesk, type WorkDeps } from '../work/desk.ts';

export interface CameraDeviceDeps extends WorkDeps {
  seal: Seal;
  devices: DevicesPort;
}

/** A camera of a device, as far as acts at its controls need it. */
interface KnownDevice {
  camera: number;
  login: DeviceLogin;
  profile: string;
  canSteer: boolean;
}

/** The large picture, the smallest one that browsers play as it is, and what a recorder of the device kept. */
function chosenStreams(streams: readonly DeviceStream[], replay: string | null): { role: CameraStream['role']; stream: Pick<DeviceStream, 'codec' | 'width' | 'height' | 'url'> }[] {
  const small = streams.findLast(({ codec }) => codec === 'h264') ?? streams.at(-1);
  const [large] = streams;
  return [
    ...(small ? [{ role: 'sub' as const, stream: small }] : []),
    ...(large && large !== small ? [{ role: 'main' as const, stream: large }] : []),
    ...(replay === null ? [] : [{ role: 'recorder' as const, stream: { codec: 'other' as const, width: 0, height: 0, url: replay } }]),
  ];
}

/** Devices behind cameras: found, read into the register, and steered by one person at a time. */
export function createCameraDevices(deps: CameraDeviceDeps) {
  const { engine, clock, seal, devices, units } = deps;
  const desk = createDesk(deps);

  const visible = async (actor: Principal, id: string): Promise<CameraState | undefined> => {
    const [stored] = await cameraTable.read(engine, [id]);
    return stored && sees(scopeOf(actor, units.subtree), stored.state.unit, stored.state.ward) ? stored.state : undefined;
  };

  const deviceOf = async (db: Queryable, id: string): Promise<KnownDevice | undefined> => {
    const [row] = await db.query<{ camera: number; sealed_login: Uint8Array; profile: string | null; can_steer: boolean }>('select camera, sealed_login, profile, can_steer from camera_device where camera = $1', [cameraTable.numberOf(id) ?? 0]);
    return row && { camera: row.camera, login: JSON.parse(seal.open(row.sealed_login)) as DeviceLogin, profile: row.profile ?? '', canSteer: row.can_steer };
  };

  const holdOf = async (db: Queryable, camera: number): Promise<CameraHold | undefined> => {
    const [row] = await db.query<Row & { holder: string; holder_name: string; rank: number; until_at: number }>('select * from camera_hold where camera = $1 for update', [camera]);
    return row && { holder: row.holder, holderName: row.holder_name, rank: row.rank, until: Number(row.until_at) };
  };

  /** Takes or keeps the controls, in one transaction, so that two never hold them. */
  const hold = (actor: Principal, id: string, camera: number, isTakeOver: boolean): Promise<Outcome<CameraHold>> =>
    engine.tx(async (tx) => {
      const now = clock.realNow();
      const held = await holdOf(tx, camera);
      if (!maySteer(held, actor, isTakeOver, now)) return rankOf(actor) === 0 ? refused('AUTH_FORBIDDEN') : refused('CAMERA_HELD', { detail: held?.holderName ?? '' });
      const mine: CameraHold = { holder: actor.id, holderName: actor.name, rank: rankOf(actor), until: now + HOLD_MS };
      await tx.query(
        `insert into camera_hold (camera, holder, holder_name, rank, until_at) values ($1, $2, $3, $4, $5)
         on conflict (camera) do update set holder = excluded.holder, holder_name = excluded.holder_name, rank = excluded.rank, until_at = excluded.until_at`,
        [camera, mine.holder, mine.holderName, mine.rank, mine.until],
      );
      if (held?.holder === actor.id && held.until > now) return okay(mine);
      await tx.query(`insert into camera_trace (camera, act, actor, actor_name, at, words) values ($1, 'steer', $2, $3, $4, $5)`, [camera, actor.id, actor.name, clock.now(), held && held.until > now ? `← ${held.holderName}` : null]);
      await appendAudit(tx, { actor: actor.id, action: 'camera.steer', object: id, at: clock.now() });
      return okay(mine);
    });

  const carryOut = ({ login, profile }: KnownDevice, act: SteerAsk['act']): Promise<Outcome<void>> => {
    if (act.do === 'move') return devices.move(login, profile, act);
    if (act.do === 'preset') return devices.goTo(login, profile, act.preset);
    return devices.stop(login, profile);
  };

  return {
    async findDevices(actor: Principal): Promise<Outcome<FoundCamera[]>> {
      return mayRegisterCameras(actor) ? okay(await devices.find()) : refused('AUTH_FORBIDDEN');
    },

    /** Reads a device and writes its streams into the register; the device is asked before anything is locked. */
    async readDevice(actor: Principal, id: string, login: CameraDeviceEdit): Promise<Outcome<CameraDevice>> {
      if (!(await visible(actor, id))) return refused('NOT_FOUND');
      if (!mayRegisterCameras(actor)) return refused('AUTH_FORBIDDEN');
      const described = await devices.describe(login);
      if (!described.ok) return described;
      const facts: DeviceFacts = described.value;
      const replay = await devices.replay(login);
      const chosen = chosenStreams(facts.streams, replay.ok ? replay.value : null);
      const hasDefaultLogin = isDefaultLogin(login.user, login.password);
      return desk.perform<CameraDevice>('camera.read-device', actor, async ({ tx, now }) => {
        const before = await cameraTable.readForUpdate(tx, id);
        if (!before) return refused('NOT_FOUND');
        const streams = chosen.map(({ role, stream }): CameraStream => ({ role, kind: 'rtsp', url: stream.url }));
        await changeStreams(tx, seal, id, { streams });
        await tx.query(
          `insert into camera_device (camera, sealed_login, profile, can_steer, model, has_default_login) values ($1, decode($2, 'hex'), $3, $4, $5, $6)
           on conflict (camera) do update set sealed_login = excluded.sealed_login, profile = excluded.profile, can_steer = excluded.can_steer, model = excluded.model, has_default_login = excluded.has_default_login`,
          [cameraTable.numberOf(id), seal.seal(JSON.stringify(login)).toString('hex'), facts.streams[0]?.profile ?? null, facts.canSteer, facts.model.slice(0, 200), hasDefaultLogin],
        );
        const kept = before.state.streams.filter(({ role }) => !streams.some((stream) => stream.role === role));
        const state: CameraState = { ...before.state, streams: [...kept, ...streams.map(({ role, kind }) => ({ role, kind }))], updatedAt: now };
        const reply = { model: facts.model, canSteer: facts.canSteer, clockOffsetMs: Math.round(facts.clockOffsetMs), hasDefaultLogin, streams: chosen.map(({ role, stream: { codec, width, height } }) => ({ role, codec, width, height })) };
        return okay({ reply, changes: [changeOf(cameraTable, before, state)] });
      });
    },

    async presets(actor: Principal, id: string): Promise<Outcome<CameraControls>> {
      if (!(await visible(actor, id))) return refused('NOT_FOUND');
      const device = await deviceOf(engine, id);
      if (!device?.canSteer) return okay({ canSteer: false, items: [] });
      const presets = await devices.presets(device.login, device.profile);
      return presets.ok ? okay({ canSteer: true, items: presets.value }) : presets;
    },

    async steer(actor: Principal, id: string, { act, takeOver = false }: SteerAsk): Promise<Outcome<SteerAnswer>> {
      if (!(await visible(actor, id))) return refused('NOT_FOUND');
      const device = await deviceOf(engine, id);
      if (!device?.canSteer) return refused('CAMERA_NO_DEVICE');
      const held = await hold(actor, id, device.camera, takeOver);
      if (!held.ok) return held;
      const done = await carryOut(device, act);
      if (!done.ok) return done;
      if (act.do !== 'release') return okay({ holder: held.value.holderName, until: held.value.until });
      await engine.query('delete from camera_hold where camera = $1 and holder = $2', [device.camera, actor.id]);
      return okay({ holder: null, until: null });
    },

    /** How wrong a camera's clock is; null where there is no device to ask. Units: ms. */
    async clockOffset(id: string): Promise<number | null> {
      const device = await deviceOf(engine, id);
      const asked = device ? await devices.clockOffset(device.login) : undefined;
      return asked?.ok ? Math.round(asked.value) : null;
    },
  };
}
