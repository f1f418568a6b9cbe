import { VEHICLE_KINDS } from '#contract/frame.ts';
import type { VehicleItem, VehicleState } from '#contract/topics/telemetry.ts';
import type { Provenance } from '#contract/base.ts';
import type { Source } from '../../domain/ports/door.ts';
import { createFrameColumns, type FrameColumns } from './frameLayer.ts';

/** A vehicle that says nothing for so long is taken off the map. Units: ms. */
export const SILENCE_MS = 5 * 60_000;
/** More vehicles than this are refused: the memory of one server is finite. */
export const MOST_VEHICLES = 200_000;

/** What became of one report. `late`: a newer one is known. */
export type Taken = 'accepted' | 'duplicate' | 'late' | 'full';

interface Vehicle {
  ref: string;
  slot: number;
  item: VehicleItem;
  provenance: Provenance;
  rehearsal: string | undefined;
  heardAt: number;
}

/** Vehicles by slot. */
export interface Fleet {
  readonly columns: FrameColumns;
  take(source: Pick<Source, 'id' | 'rehearsal'>, item: VehicleItem, provenance: Provenance, now: number): Taken;
  /** Takes off those that fell silent. */
  sweep(now: number): void;
  /** Slots of vehicles that left may be given again once everyone was told. */
  freeSlots(): void;
  /** Takes away what a rehearsal made up. Returns how many vehicles went. */
  forget(rehearsal: string): number;
  /** Real and simulated vehicles; what a rehearsal made up is drawn, but counted nowhere. */
  list(): VehicleState[];
}

export function createFleet(): Fleet {
  const columns = createFrameColumns('vehicle', { movesByOffset: true });
  const vehicles = new Map<string, Vehicle>();
  let free: number[] = [];
  let leaving: number[] = [];
  let nextSlot = 0;

  const takeOff = (name: string, { slot }: Vehicle) => {
    vehicles.delete(name);
    columns.remove(slot);
    leaving.push(slot);
  };

  return {
    columns,
    take({ id: source, rehearsal }, item, provenance, now) {
      const ref = item.ref ?? item.key;
      const name = `${source}\n${ref}`;
      const known = vehicles.get(name);
      if (known && item.at === known.item.at) return 'duplicate';
      if (known && item.at < known.item.at) return 'late';
      if (!known && vehicles.size >= MOST_VEHICLES) return 'full';
      const slot = known?.slot ?? free.pop() ?? nextSlot++;
      vehicles.set(name, { ref, slot, item, provenance, rehearsal, heardAt: now });
      columns.set(slot, { position: item.position, headingDeg: item.headingDeg, speedKmh: item.speedKmh, kind: VEHICLE_KINDS.indexOf(item.kind) });
      return 'accepted';
    },
    sweep(now) {
      for (const [name, vehicle] of vehicles) if (now - vehicle.heardAt > SILENCE_MS) takeOff(name, vehicle);
    },
    forget(rehearsal) {
      const made = [...vehicles].filter(([, vehicle]) => vehicle.rehearsal === rehearsal);
      for (const [name, vehicle] of made) takeOff(name, vehicle);
      return made.length;
    },
    freeSlots() {
      free = [...free, ...leaving];
      leaving = [];
    },
    list: () =>
      [...vehicles.values()].filter(({ rehearsal }) => rehearsal === undefined).map(({ ref, slot, item: { kind, position, speedKmh, headingDeg, unit, at }, provenance }) => ({
        ref, slot, kind, position: position as [number, number], speedKmh, headingDeg, unit: unit ?? null, at, provenance,
      })),
  };
}
