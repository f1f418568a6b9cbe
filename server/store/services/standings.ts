import type { ServiceStanding } from '#contract/service.ts';
import { dayStart } from '../../domain/indicator/period.ts';
import type { PackFile } from '../../domain/service/pack.ts';
import type { Queryable } from '../engine/engine.ts';

interface Moved {
  service: string;
  is: ServiceStanding['is'];
  reason: string;
  approval: string | null;
  by: string;
  since: number;
}

/** Wakes every server when a service was moved. */
export const MOVE_CHANNEL = 'service_move';

/** Where each service stands, kept in memory for who must know at once. */
export interface Standings {
  reload(): Promise<void>;
  /** The newest first; what the folder says stands at the end. */
  historyOf(service: string, pack: Pick<PackFile, 'state'>): ServiceStanding[];
  now(service: string, pack: Pick<PackFile, 'state'>): ServiceStanding;
}

export async function createStandings(engine: Queryable): Promise<Standings> {
  let moves = new Map<string, ServiceStanding[]>();
  const historyOf: Standings['historyOf'] = (service, { state: { is, since, reason } }) => [...(moves.get(service) ?? []), { is, since: dayStart(since), reason, by: null, approval: null }];
  const standings: Standings = {
    async reload() {
      const rows = await engine.query<Moved>('select service, state as "is", reason, approval, actor_name as by, at as since from service_move order by n desc');
      moves = new Map([...Map.groupBy(rows, ({ service }) => service)].map(([service, lines]) => [service, lines.map(({ service: _service, ...standing }) => standing)]));
    },
    historyOf,
    now: (service, pack) => historyOf(service, pack)[0]!,
  };
  await standings.reload();
  return standings;
}
