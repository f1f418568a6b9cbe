import type { FeedHealth, LogEntry } from '#contract/entry.ts';
import type { Principal } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { WallAct } from '#contract/wall.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { wholeScope } from '../../domain/scope.ts';
import { ruleFor } from '../../domain/wall/compose.ts';
import { isFreeForAlerts } from '../../domain/wall/composing.ts';
import { isDueBetween } from '../../domain/wall/schedule.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { isOpen } from './alertFacts.ts';
import words from './alertWatch.vi.json' with { type: 'json' };
import type { Walls } from './walls.ts';

const LOOK_MS = 1000;
/** After a person acted, the next alert in line waits this long. Units: ms. */
const QUIET_MS = 30_000;
/** After a start, only alerts this young compose the wall. Units: domain ms. */
const FRESH_MS = 15 * 60_000;
/** A jump of the domain clock longer than this starts no scheduled scene of the past. Units: ms. */
const LONGEST_LOOK_MS = 60_000;
const PRODUCT: Principal = { kind: 'system', id: 'system-rules', name: 'Quy tắc ghép màn hình', roles: [], units: null };

export interface AlertWatch extends Closable {
  /** Gives back what ran out, moves the line on, and starts what is scheduled. Called by an own timer; here for tests. */
  look(): Promise<void>;
  /** Resolves once everything heard so far was acted upon. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Lets alerts compose the walls by the rules in force, one after the other, and gives the walls back. */
export async function createAlertWatch({ log, walls, clock, logger, feeds = () => [], isOnDuty = () => true }: { log: LogPort; walls: Walls; clock: Clock; logger: Log; feeds?: () => readonly FeedHealth[]; isOnDuty?: () => boolean }): Promise<AlertWatch> {
  let working = Promise.resolve();
  let lookedAt = clock.now();

  const ask = async (wall: string, act: WallAct, why: string) => {
    const outcome = await walls.act(PRODUCT, wall, act, why);
    if (!outcome.ok && outcome.fault.code !== 'STATE_STEP') logger.warn({ wall, act: act.do, code: outcome.fault.code }, 'a rule could not act on a wall');
  };
  const after = (work: () => Promise<void>) => {
    working = working.then(work).catch((error: unknown) => logger.error({ error: String(error) }, 'an alert could not compose the walls'));
    return working;
  };

  const take = async (alert: AlertState) => {
    if (alert.rehearsal) return;
    const open = isOpen(alert, clock.now());
    for (const { id: wall } of walls.profiles()) {
      const current = walls.current(wall);
      if (!current.ok) continue;
      const { composed, waiting = [], areRulesOff, story } = current.value.state;
      const isThere = composed?.alert === alert.id || waiting.some((one) => one.alert === alert.id);
      if (isThere && !open) await ask(wall, { do: 'release', alert: alert.id }, words[alert.state === 'verified' || alert.state === 'closed' ? 'done' : 'aside']);
      const isNew = open && alert.state === 'raised' && alert.status === 'active' && !isThere && !areRulesOff && !(story && alert.provenance !== 'real') && !walls.handled(wall).includes(alert.id);
      if (isNew && ruleFor(walls.rules(), wall, { ...alert, isOpen: true })) await ask(wall, { do: 'compose', alert: alert.id }, alert.title.slice(0, 300));
    }
  };

  const moveLine = async (wall: string) => {
    const current = walls.current(wall);
    if (!current.ok) return;
    const { state } = current.value;
    const now = clock.realNow();
    const [next] = state.waiting ?? [];
    if (state.composed && state.composed.until <= now) await ask(wall, { do: 'release', alert: state.composed.alert }, words.timeout);
    else if (next && !state.areRulesOff && isFreeForAlerts(state) && now - walls.actedAt(wall) >= QUIET_MS) await ask(wall, { do: 'compose', alert: next.alert }, next.title.slice(0, 300));
  };

  const startScheduled = async () => {
    const [from, to] = [lookedAt, clock.now()];
    lookedAt = to;
    if (to - from > LONGEST_LOOK_MS * Math.max(1, clock.rate())) return;
    if (!isOnDuty()) return;
    for (const { isOn, when, scene, name } of walls.rules()) {
      if (!isOn || !scene || when.event !== 'schedule' || !isDueBetween(when, from, to)) continue;
      for (const wall of scene.walls) await ask(wall, { do: 'scene', scene: scene.scene }, name.vi);
    }
  };

  let seen = new Map(feeds().map(({ id, state }) => [id, state]));
  /** A rule on a source acts once, when the source falls into one of its states. */
  const startFallen = async () => {
    const now = new Map(feeds().map(({ id, state }) => [id, state]));
    const before = seen;
    seen = now;
    if (!isOnDuty()) return;
    for (const { isOn, when, scene, name } of walls.rules()) {
      if (!isOn || !scene || when.event !== 'service') continue;
      const states: readonly string[] = when.states;
      const [was, is] = [before.get(when.source), now.get(when.source)];
      if (was === undefined || is === undefined || states.includes(was) || !states.includes(is)) continue;
      for (const wall of scene.walls) await ask(wall, { do: 'scene', scene: scene.scene }, name.vi);
    }
  };

  const look = () =>
    after(async () => {
      for (const { id } of walls.profiles()) await moveLine(id);
      await startScheduled();
      await startFallen();
    });

  const stopFollowing = log.follow((entries: LogEntry[]) => {
    for (const { topic, body } of entries) if (topic === 'alert') void after(() => take(body as AlertState));
  });
  const before = await log.snapshot('alert', wholeScope('walls'));
  const open = before.ok ? before.value.entries.map(({ body }) => body as AlertState).filter(({ raisedAt }) => clock.now() - raisedAt <= FRESH_MS) : [];
  for (const alert of open.sort((a, b) => a.raisedAt - b.raisedAt)) void after(() => take(alert));
  const timer = setInterval(() => void look(), LOOK_MS);

  return {
    look,
    settled: () => working,
    async close() {
      clearInterval(timer);
      stopFollowing();
      await working;
    },
  };
}
