import type { CameraStands } from '../domain/ports/media.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { SecurityPort } from '../domain/ports/security.ts';
import type { SystemPort } from '../domain/ports/system.ts';
import type { UpkeepPort } from '../domain/ports/upkeep.ts';
import type { NodeLine } from '../live/nodes/line.ts';
import { createSelfAlerts, type SelfAlerts } from './selfAlerts.ts';

type Deps = Omit<Parameters<typeof createSelfAlerts>[0], 'view'> & {
  line: Pick<NodeLine, 'state'>;
  system: SystemPort;
  upkeep: Pick<UpkeepPort, 'state'>;
  security: Pick<SecurityPort, 'state'>;
  feeds: FeedsPort;
  cameras(): readonly CameraStands[];
};

const LOST: ReadonlySet<CameraStands['state']> = new Set(['stalled', 'backoff', 'unreachable', 'frozen', 'lost', 'no-stream', 'audio-only']);

/** Gathers what the parts know of themselves, and lets it be told. */
export function openSelfAlerts({ line, system, upkeep, security, feeds, cameras, ...deps }: Deps): SelfAlerts {
  /** Lost at the last look: after a stall of the store every server may seem lost for a second. */
  let lostBefore = new Set<string>();
  return createSelfAlerts({
    ...deps,
    async view() {
      const [{ disk, clock, above, nodes }, kept, { clockOffsetMs }] = await Promise.all([system.look(), upkeep.state(), security.state()]);
      const looked = cameras().filter(({ state }) => state !== 'idle' && state !== 'connecting');
      const spoken = feeds.health().filter(({ state }) => state !== 'off' && state !== 'waiting');
      const lost = nodes.filter(({ lostSince }) => lostSince !== null).map(({ name }) => name);
      const lostNodes = lost.filter((name) => lostBefore.has(name));
      lostBefore = new Set(lost);
      return {
        disk, now: clock.realAt, line: line.state(), clockOffsetMs,
        backupFault: kept.ok ? kept.value.fault : null,
        wakeLagMs: deps.engine.health().wakeLagMs,
        cameras: { looked: looked.length, down: looked.filter(({ state }) => LOST.has(state)).length },
        feeds: { all: spoken.length, down: spoken.filter(({ state }) => state === 'down').length },
        above: above === null || above.fault === null ? null : { lostMs: clock.realAt - above.since, waiting: above.waiting },
        lostNodes,
      };
    },
  });
}
