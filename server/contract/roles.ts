import Type, { type Static } from 'typebox';
import type { DataClass } from '#contract/security.ts';

/** Roles a person can hold; each grant is scoped to a unit subtree. */
export const Role = Type.Union([
  Type.Literal('leader'),
  Type.Literal('operator'),
  Type.Literal('camera-team'),
  Type.Literal('unit-officer'),
  Type.Literal('report-editor'),
  Type.Literal('admin'),
  Type.Literal('auditor'),
  Type.Literal('guest'),
]);
export type Role = Static<typeof Role>;

/** Kind of party that makes a request. */
export type PrincipalKind = 'person' | 'wall-device' | 'ingest-key' | 'system';

/** Who makes a request, and within which units. `units: null` means every unit. */
export interface Principal {
  kind: PrincipalKind;
  id: string;
  name: string;
  roles: Role[];
  /** Codes of the units whose subtree this party may see and act in; null = all. */
  units: string[] | null;
  /** Session id hash of a person, so that ending the session can end its sockets. */
  session?: string;
  /** Wall and output a wall device is paired with. */
  wall?: string;
  /** True until the temporary password is changed. */
  mustChangePassword?: boolean;
  /** True until a one-time code, which its roles need, is set up. */
  mustEnrolCode?: boolean;
  /** Whether signing in asks for a one-time code. */
  hasCode?: boolean;
  /** How far into the data it reaches; absent = as its kind and roles say. */
  dataClass?: DataClass;
}

/** Closed list of policies a route, event or file may declare. Who passes is decided in `domain/policy`. */
export type Policy =
  | 'public'
  | 'wall'
  | 'staff'
  | 'operate'
  | 'unit-work'
  | 'camera-register'
  | 'lead'
  | 'administer'
  | 'audit'
  | 'ingest';
