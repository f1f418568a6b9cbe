import type { OutputHealth, OutputReport } from '#contract/wall.ts';
import type { Clock } from '../../kernel/clock.ts';

/** How long a silent output stays on the list. Units: ms. */
const KEPT_MS = 10 * 60_000;

export interface OutputHealthList {
  report(client: string, report: OutputReport): void;
  forget(client: string): void;
  /** Outputs that speak to this server. */
  own(): OutputHealth[];
  /** What the other servers last said of theirs. */
  hear(elsewhere: readonly OutputHealth[]): void;
  list(): OutputHealth[];
}

/** The last word of every output. Two windows of one output are two clients; a new one replaces a silent one. */
export function createOutputHealth(clock: Clock): OutputHealthList {
  let elsewhere: readonly OutputHealth[] = [];
  const byClient = new Map<string, OutputHealth>();
  const dropWhere = (isOver: (health: OutputHealth) => boolean) => {
    for (const [client, health] of byClient) if (isOver(health)) byClient.delete(client);
  };
  const own = () => {
    dropWhere((health) => !health.connected && clock.realNow() - health.seenAt > KEPT_MS);
    return [...byClient.values()];
  };
  const placeOf = ({ wall, output }: OutputHealth) => `${wall}/${output}`;

  return {
    report(client, report) {
      dropWhere((health) => !health.connected && health.wall === report.wall && health.output === report.output);
      byClient.set(client, { ...report, connected: true, seenAt: clock.realNow(), client });
    },
    forget(client) {
      const health = byClient.get(client);
      if (health) byClient.set(client, { ...health, connected: false });
    },
    own,
    hear: (told) => void (elsewhere = told),
    list() {
      const all = [...own(), ...elsewhere];
      const speaking = new Set(all.filter(({ connected }) => connected).map(placeOf));
      return all.filter((health) => health.connected || !speaking.has(placeOf(health)));
    },
  };
}
