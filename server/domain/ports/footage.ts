import type { Clip, ExportAsk, FootageSpan } from '#contract/footage.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Scope } from '../scope.ts';

/** A clip as it is first written down. Units: domain time. */
export interface NewClip {
  camera: string;
  kind: Clip['kind'];
  about: string | null;
  from: number;
  to: number;
  actor: { id: string; name: string };
  reason: string | null;
  deleteAt: number;
}

/** The register of kept film; the film itself lies in files named by the clip's id. */
export interface ClipStorePort {
  open(clip: NewClip): Promise<string>;
  /** Writes down what became of it; without bytes it is `empty`. */
  settle(id: string, outcome: { from: number; to: number; bytes: number; sha256: string | null }): Promise<void>;
  /** Those that were open when the server ended. */
  left(): Promise<Clip[]>;
  list(scope: Scope, query: { camera?: string | undefined; about?: string | undefined; limit: number }): Promise<Outcome<Clip[]>>;
  get(scope: Scope, id: string): Promise<Outcome<Clip>>;
  /** Kept film of a camera that touches a time. */
  touching(camera: string, from: number, to: number): Promise<Clip[]>;
  /** Marks what has passed its term and names it. */
  expire(now: number): Promise<string[]>;
}

/** Film as it is played. Shape: `type` names the container and the codec. Units: `from` is when its first picture was taken, domain time. */
export interface Film {
  body: Uint8Array;
  type: string;
  from: number;
  to: number;
}

/** Film of the past. Units: domain time. */
export interface FootagePort {
  /** What pictures there are of a camera in a time. */
  spans(camera: string, from: number, to: number): Promise<FootageSpan[]>;
  /** One playable film of that time from wherever it lies. Fails: NOT_FOUND when there is none. */
  film(camera: string, from: number, to: number, signal?: AbortSignal): Promise<Outcome<Film>>;
  /** Takes film out, with its hash and the reason. Fails: NOT_FOUND, CAMERA_REASON, STORE_FULL. */
  take(actor: Principal, camera: string, ask: ExportAsk, signal?: AbortSignal): Promise<Outcome<Clip>>;
  clips(scope: Scope, query: { camera?: string | undefined; about?: string | undefined; limit: number }): Promise<Outcome<Clip[]>>;
  clip(scope: Scope, id: string): Promise<Outcome<{ clip: Clip; body: Uint8Array }>>;
}
