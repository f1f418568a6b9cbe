import type { SystemState } from '#contract/system.ts';
import type { DoorPort, Source } from '../domain/ports/door.ts';
import { illsOf, type Ill, type SelfView } from '../domain/system/ills.ts';
import { SELF } from '../domain/system/slice.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import type { Engine } from '../store/engine/engine.ts';
import { createLookLoop } from '../store/engine/lookLoop.ts';
import words from './selfAlerts.vi.json' with { type: 'json' };

const LOOK_MS = 15_000;
const SOURCE: Source = { id: SELF, name: words.name, topics: ['alert'], provenance: 'real' };
/** Alerts of this source that still stand, by what is wrong: `<ill>/<since>`. */
const OPEN = `select ref, title from alert where source = $1 and status = 'active'`;

export interface SelfAlerts extends Closable {
  /** One look. Returns how many alerts began or ended. */
  look(): Promise<number>;
  /** What is wrong by the last look of this server, on duty or not. */
  standing(): SystemState['ills'];
  close(): Promise<void>;
}

/** Tells the operators of faults of the installation as of any other alert: one alert per episode, ended when the fault is over. */
export function createSelfAlerts(deps: { engine: Engine; door: DoorPort; clock: Clock; log: Log; view(): Promise<SelfView>; isOnDuty(): boolean; lookMs?: number }): SelfAlerts {
  const { engine, door, clock, log, view, isOnDuty, lookMs = LOOK_MS } = deps;

  let standing: SystemState['ills'] = [];
  const itemOf = (ref: string, title: string, status: 'active' | 'ended') => ({ key: `${ref}/${status}`, ref, at: clock.now(), kind: 'infrastructure', level: 3, title, status, provenance: 'real' });
  const look = async (): Promise<number> => {
    const ills = illsOf(await view());
    standing = [...ills].map(([kind, figure]) => ({ kind, figure, since: standing.find((before) => before.kind === kind)?.since ?? clock.realNow() }));
    if (!isOnDuty()) return 0;
    const open = new Map((await engine.query<{ ref: string; title: string }>(OPEN, [SOURCE.id])).map((row) => [row.ref.split('/')[0] as Ill, row]));
    const begun = [...ills].filter(([ill]) => !open.has(ill)).map(([ill, figure]) => itemOf(`${ill}/${clock.now()}`, words[ill].replace('{figure}', figure), 'active'));
    const ended = [...open].filter(([ill]) => !ills.has(ill)).map(([, { ref, title }]) => itemOf(ref, title, 'ended'));
    const items = [...begun, ...ended];
    if (items.length === 0) return 0;
    const told = await door.ingest(SOURCE, 'alert', items);
    if (!told.ok) return 0;
    log.warn({ begun: begun.map(({ ref }) => ref), ended: ended.map(({ ref }) => ref) }, 'the installation told of itself');
    return items.length;
  };
  const loop = createLookLoop({ look, everyMs: lookMs, logger: log, who: 'alerts about the system' });
  return { look, standing: () => standing, close: loop.close };
}
