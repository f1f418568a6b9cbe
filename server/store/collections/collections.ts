import type { FeedHealth } from '#contract/entry.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { maskState, mayReadTopic } from '../../domain/account/dataClass.ts';
import type { CollectionPort } from '../../domain/ports/collections.ts';
import type { FeedsPort } from '../../domain/ports/feeds.ts';
import type { TelemetryPort } from '../../domain/ports/telemetry.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import type { OrganisationUnit, Units } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { ReadStore } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { listThings } from './listThings.ts';
import { openMemoryList, type MemoryList } from './memoryLists.ts';
import { THING_LISTS } from './thingLists.ts';

/** What collections are read from. */
export interface CollectionDeps {
  engine: ReadStore;
  clock: Pick<Clock, 'now'>;
  units: Units;
  telemetry: Pick<TelemetryPort, 'sensors'>;
  sources: FeedsPort;
}

/** Reads every collection of things, and those kept in memory: sensors, units, sources. */
export function createCollections({ engine, clock, units, telemetry, sources }: CollectionDeps): CollectionPort {
  const sensors: MemoryList<SensorState> = {
    items: (scope) => telemetry.sensors().filter((sensor) => sensor.rehearsal === undefined && sees(scope, sensor.unit, null)),
    keyOf: ({ ref }) => ref,
    words: ({ name, ref }) => `${name} ${ref}`,
    position: ({ position }) => position,
    unit: ({ unit }) => unit,
    kind: ({ kind }) => kind,
  };
  // Names of units and the age of sources are no secret of anyone's: every party that may read the collection reads all.
  const catalogue: MemoryList<OrganisationUnit> = {
    items: () => units.all(),
    keyOf: ({ code }) => code,
    words: ({ fullName }) => fullName,
    position: ({ position }) => position,
    unit: ({ code }) => code,
    kind: ({ kind }) => kind,
  };
  const health: MemoryList<FeedHealth> = { items: () => sources.health(), keyOf: ({ id }) => id, words: ({ name, id }) => `${name} ${id}` };
  const inMemory = new Map([
    ['sensors', openMemoryList(sensors, units.subtree)],
    ['units', openMemoryList(catalogue, units.subtree)],
    ['sources', openMemoryList(health, units.subtree)],
  ]);

  const answer = async <T>(scope: Scope, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await engine.narrow(scope.units, work);
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const thingList = (name: string) => (Object.hasOwn(THING_LISTS, name) ? THING_LISTS[name] : undefined);

  return {
    names: () => [...Object.keys(THING_LISTS), ...inMemory.keys()],
    list: (name, query, scope) =>
      answer<Page>(scope, async () => {
        const kept = inMemory.get(name);
        if (kept) return kept.page(query, scope);
        const list = thingList(name);
        if (!list) return refused('NOT_FOUND');
        if (!mayReadTopic(scope.dataClass, list.table.topic)) return refused('AUTH_FORBIDDEN');
        const page = await listThings(list, query, { db: engine, scope, subtree: units.subtree, now: clock.now() });
        return page.ok ? okay({ ...page.value, items: page.value.items.map((item) => maskState(scope.dataClass, list.table.topic, item)) }) : page;
      }),
    get: (name, id, scope) =>
      answer<unknown>(scope, async () => {
        const kept = inMemory.get(name);
        if (kept) return kept.get(id, scope);
        const table = thingList(name)?.table;
        const [thing] = (await table?.read(engine, [id])) ?? [];
        const isSeen = table && thing && sees(scope, thing.state.unit, thing.state.ward) && mayReadTopic(scope.dataClass, table.topic);
        return isSeen ? okay(maskState(scope.dataClass, table.topic, thing.state)) : refused('NOT_FOUND');
      }),
  };
}
