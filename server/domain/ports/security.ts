import type { Outcome } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { ExportRequest, GuardedExport, PurgePreview, PurgeReceipt, SecuritySettings, SecurityState, SessionLine, SignedHead, SignInService } from '#contract/security.ts';
import type { Scope } from '../scope.ts';
import type { OpenSession } from './accounts.ts';

/** A table as a person reads it. */
export interface GuardedTable {
  header: string[];
  rows: string[][];
}

/** One reading of a personal record or a camera: who, what, when. Units: epoch ms. */
export interface Reading {
  at: number;
  actor: string;
  name: string;
  act: string;
  object: string;
}

/** What protects people and their data beside signing in. `actor` is the party that the audit log names. */
export interface SecurityPort {
  settings(): Promise<SecuritySettings>;
  change(actor: Principal, settings: SecuritySettings): Promise<void>;
  /** Without its secret. */
  service(): Promise<SignInService | undefined>;
  /** With its secret, for signing in only. */
  serviceWithSecret(): Promise<SignInService | undefined>;
  changeService(actor: Principal, service: SignInService): Promise<void>;
  /** Opens a session for someone whom the sign-in service vouches for. Fails: AUTH_SERVICE when the account is closed. */
  enter(person: { outsideId: string; user: string; name: string; roles: Role[]; units: string[] | null }, address: string): Promise<Outcome<OpenSession>>;
  /** The own sessions, or for an administrator all within reach. */
  sessions(scope: Scope, ofAll: boolean): Promise<SessionLine[]>;
  /** Fails: NOT_FOUND. */
  endSession(scope: Scope, id: string): Promise<Outcome<void>>;
  enrolCode(actor: Principal): Promise<Outcome<{ secret: string; uri: string }>>;
  /** Confirms the app by its first code; answers with the codes for the day it is lost. Fails: AUTH_REFUSED. */
  confirmCode(actor: Principal, code: string): Promise<Outcome<{ codes: string[] }>>;
  /** Takes the one-time code from an account whose owner lost everything; its sessions end. Fails: NOT_FOUND. */
  resetCode(actor: Principal, account: string): Promise<Outcome<void>>;
  exports(): Promise<ExportRequest[]>;
  askExport(actor: Principal, what: GuardedExport, reason: string): Promise<Outcome<ExportRequest>>;
  allowExport(actor: Principal, id: string): Promise<Outcome<ExportRequest>>;
  takeExport(actor: Principal, id: string): Promise<Outcome<GuardedTable>>;
  /** Who read which personal record or watched which camera; `object` narrows to one. */
  readings(from: number, to: number, object?: string): Promise<Reading[]>;
  /** How much is past its keeping. */
  purgePreview(): Promise<PurgePreview>;
  purge(actor: Principal, reason: string): Promise<PurgeReceipt[]>;
  receipts(): Promise<PurgeReceipt[]>;
  receipt(id: string): Promise<PurgeReceipt | undefined>;
  signHead(): Promise<SignedHead | undefined>;
  state(): Promise<SecurityState>;
}
