import type { LinkAbove } from '#contract/system.ts';
import type { Lifecycle } from '../../kernel/lifecycle.ts';
import type { NodeLine } from '../../live/nodes/line.ts';
import { createShared } from '../../live/nodes/shared.ts';
import { createFederation } from './federation.ts';
import { readFederation } from './settings.ts';

type Deps = Omit<Parameters<typeof createFederation>[0], 'settings'> & { line: NodeLine; life: Lifecycle };

/** The link upwards: held by the server on duty, told to all. */
export interface FederationHouse {
  /** Begins while this server is on duty; returns how to stop. Without `federation.json` there is nothing to begin. */
  begin(): () => Promise<void>;
  /** As the server on duty sees it; null where there is no centre above. */
  state(): LinkAbove | null;
}

export function openFederation({ line, life, ...deps }: Deps): FederationHouse {
  let own: () => LinkAbove | null = () => null;
  const shared = life.add('node-above', createShared<LinkAbove | null>({ line, signal: 'above', own: () => own() }));

  return {
    begin() {
      const settings = readFederation(deps.dataFolder, deps.logger);
      if (settings === undefined) return () => Promise.resolve();
      const broken: LinkAbove = { fault: 'settings', since: deps.clock.realNow(), heardAt: null, waiting: 0, refused: null };
      const federation = settings === 'broken' ? undefined : createFederation({ ...deps, settings });
      own = federation?.state ?? (() => broken);
      return async () => {
        own = () => null;
        await federation?.close();
      };
    },
    state: () => own() ?? shared.others().find((told) => told !== null) ?? null,
  };
}
