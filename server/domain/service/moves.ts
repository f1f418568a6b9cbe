import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { MissingSource, MoveService, ServiceLife } from '#contract/service.ts';
import type { PackFile } from './pack.ts';

/** Where a service may go from where it stands; an official service that must stop is blocked first. */
const WAYS: Readonly<Record<ServiceLife, readonly ServiceLife[]>> = {
  planned: ['blocked', 'pilot'],
  blocked: ['planned', 'pilot'],
  pilot: ['blocked', 'planned', 'official'],
  official: ['blocked', 'pilot'],
};
const NEEDS_REAL: ReadonlySet<ServiceLife> = new Set(['pilot', 'official']);

/**
 * Whether a service may move.
 * Fails: STATE_STEP for a way that is not there, SERVICE_APPROVAL without the paper it needs, SERVICE_SOURCES with every required
 * indicator that no real source speaks for.
 */
export function mayMove(pack: Pick<PackFile, 'approval'>, { is, approval }: { is: ServiceLife; approval: string | null }, wish: MoveService, missing: readonly MissingSource[]): Outcome<undefined> {
  if (!WAYS[is].includes(wish.state)) return refused('STATE_STEP', { pointer: '/state' });
  if (wish.reason.trim() === '') return refused('STATE_REASON', { pointer: '/reason' });
  const hasApproval = (wish.approval ?? approval ?? '').trim() !== '';
  if (pack.approval !== undefined && wish.state !== 'blocked' && !hasApproval) return refused('SERVICE_APPROVAL', { pointer: '/approval', detail: pack.approval });
  if (NEEDS_REAL.has(wish.state) && missing.length > 0) return refused('SERVICE_SOURCES', { pointer: '/state', detail: missing.map(({ code, name, source }) => `${code} ${name.vi} (${source})`).join('; ') });
  return okay(undefined);
}

/** A service that needs a paper is off until the paper is there and while it is blocked. */
export const isOn = (pack: Pick<PackFile, 'approval'>, { is, approval }: { is: ServiceLife; approval: string | null }): boolean => pack.approval === undefined || (is !== 'blocked' && approval !== null);
