import type { ItemResult } from '#contract/entry.ts';
import type { LinkAbove, LinkFault } from '#contract/system.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { LinkFailure } from './upperCentre.ts';

/** How a link has fared, for the pages, the figures and the log. */
export interface LinkState {
  now(): LinkAbove;
  /** Both ways were answered in full. */
  heard(): void;
  failed(error: unknown, waiting: number): void;
  /** Passes over what the other side will never take. Fails: throws when it would take it later. */
  passOver(results: readonly ItemResult[], way: 'up' | 'down'): void;
}

const faultOfError = (error: unknown): LinkFault => (error instanceof LinkFailure ? error.why : 'away');

export function createLinkState({ clock, logger, refused = null }: { clock: Pick<Clock, 'realNow'>; logger: Log; refused?: LinkAbove['refused'] }): LinkState {
  let state: LinkAbove = { fault: null, since: clock.realNow(), heardAt: null, waiting: 0, refused };

  return {
    now: () => state,
    heard() {
      const at = clock.realNow();
      if (state.fault !== null) logger.info({ since: state.since }, 'the centre above answers again');
      state = { ...state, fault: null, since: state.fault === null ? state.since : at, heardAt: at, waiting: 0 };
    },
    failed(error, waiting) {
      const fault = faultOfError(error);
      if (state.fault !== fault) logger.warn({ error: String(error), fault }, 'the link to the centre above fails; nothing is lost, it is tried again');
      state = { ...state, fault, since: state.fault === null ? clock.realNow() : state.since, waiting };
    },
    passOver(results, way) {
      const bad = results.flatMap(({ key, status, fault }) => (status === 'rejected' ? [{ key, code: fault?.code ?? '' }] : []));
      if (bad.some(({ code }) => code === 'INGEST_FUTURE')) throw new LinkFailure('clock', 'the other side holds an alert to be of the future');
      const last = bad.at(-1);
      if (!last) return;
      logger.error({ way, refused: bad.slice(0, 20) }, 'alerts were refused by the other side and passed over');
      state = { ...state, refused: { count: (state.refused?.count ?? 0) + bad.length, code: last.code, at: clock.realNow() } };
    },
  };
}
