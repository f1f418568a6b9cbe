import type {
  BookmarkEdit, CameraControls, CameraDevice, CameraDeviceEdit, CameraEdit, CameraFaultReport, CameraGroup, CameraGroupEdit, CameraHealth, CameraImport, CameraRound, CameraSet, CameraSetEdit, CameraTrace, FoundCamera, ImportAnswer, SteerAnswer, SteerAsk,
} from '#contract/cameras.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Scope } from '../scope.ts';

/** A picture kept from a camera. */
export interface KeptPicture {
  attachment: string;
  takenAt: number;
  reason: string;
  /** Id of the alert or case it is evidence for. */
  about?: string | undefined;
}

/** Filters of the evidence log. */
export interface TraceQuery {
  camera?: string | undefined;
  limit: number;
}

/** Groups of cameras and for whom their pictures are. */
export interface CameraGroupsPort {
  /** Every group that a camera names, and every one that is kept for some. */
  list(): Promise<CameraGroup[]>;
  /** Keeps a group for some, or opens it to everyone. Fails: NOT_FOUND with the user name that no account has. */
  keep(actor: Principal, edit: CameraGroupEdit): Promise<Outcome<void>>;
}

/** What people do with cameras beside watching them. */
export interface CameraWorkPort {
  /** Sets of which every camera is visible. */
  sets(scope: Scope): Promise<Outcome<CameraSet[]>>;
  /** Fails: AUTH_FORBIDDEN; NOT_FOUND for an unknown id, and for a set or a camera that is not visible. */
  keepSet(scope: Scope, id: string | undefined, edit: CameraSetEdit): Promise<Outcome<CameraSet>>;
  removeSet(scope: Scope, id: string): Promise<Outcome<void>>;
  /** Someone asked for a camera's pictures, of now or of the past; one line per person, camera and quarter of an hour. */
  viewed(actor: Principal, camera: string, act?: 'view' | 'playback'): void;
  traces(scope: Scope, query: TraceQuery): Promise<Outcome<CameraTrace[]>>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN, CAMERA_REASON. */
  snapshot(actor: Principal, camera: string, picture: KeptPicture): Promise<Outcome<CameraTrace>>;
  bookmark(actor: Principal, camera: string, note: BookmarkEdit): Promise<Outcome<CameraTrace>>;
  /** Registers a camera, or changes one. Fails: NOT_FOUND, AUTH_FORBIDDEN, INGEST_UNIT, INGEST_POSITION, CAMERA_ADDRESS. */
  register(actor: Principal, id: string | undefined, edit: CameraEdit): Promise<Outcome<CameraState>>;
  /** Fails: AUTH_FORBIDDEN, CAMERA_LIST. */
  importList(actor: Principal, list: CameraImport): Promise<Outcome<ImportAnswer>>;
  /** The register as a list that `importList` takes back, without addresses. */
  exportList(scope: Scope, format: CameraImport['format']): Promise<Outcome<string>>;
  /** Devices that answer a call to all. Fails: AUTH_FORBIDDEN. */
  findDevices(actor: Principal): Promise<Outcome<FoundCamera[]>>;
  /** Reads a device over ONVIF and registers its streams. Fails: NOT_FOUND, AUTH_FORBIDDEN, CAMERA_ADDRESS, CAMERA_DEVICE. */
  readDevice(actor: Principal, camera: string, login: CameraDeviceEdit): Promise<Outcome<CameraDevice>>;
  /** Stored views of a camera that can be steered. Fails: NOT_FOUND, CAMERA_DEVICE. */
  presets(actor: Principal, camera: string): Promise<Outcome<CameraControls>>;
  /** One act at the controls, which are held for a while by who acts. Fails: NOT_FOUND, AUTH_FORBIDDEN, CAMERA_NO_DEVICE, CAMERA_HELD, CAMERA_DEVICE. */
  steer(actor: Principal, camera: string, ask: SteerAsk): Promise<Outcome<SteerAnswer>>;
  health(scope: Scope, from: number, to: number): Promise<Outcome<CameraHealth>>;
  /** Begins to look at every camera, or finds the round that is going. */
  beginRound(): Promise<CameraRound>;
  /** How far the round is, or how the last one ended; null before the first. */
  roundState(): Promise<CameraRound | null>;
  /** The round ends after the cameras it is just looking at. */
  stopRound(): Promise<CameraRound | null>;
  /** Makes a fault a handling request. Fails: NOT_FOUND, AUTH_FORBIDDEN, INGEST_UNIT, STATE_CONFLICT when one is open. */
  handOver(actor: Principal, camera: string, report: CameraFaultReport): Promise<Outcome<HandlingRequestState>>;
}
