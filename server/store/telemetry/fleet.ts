import { VEHICLE_KINDS } from '#contract/frame.ts';
import type { VehicleItem, VehicleState } from '#contract/topics/telemetry.ts';
import type { Provenance } from '#contract/base.ts';
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
  heardAt: number;
}

/** Vehicles by slot. */
export interface Fleet {
  readonly columns: FrameColumns;
  take(source: string, item: VehicleItem, provenance: Provenance, now: number): Taken;
  /** Takes off those that fell silent. */
  sweep(now: number): void;
  /** Slots of vehicles that left may be given again once everyone was told. */
  freeSlots(): void;
  list(): VehicleState[];
}

export function createFleet(): Fleet {
  const columns = createFrameColumns('vehicle', { movesByOffset: true });
  const vehicles = new Map<string, Vehicle>();
  let free: number[] = [];
  let leaving: number[] = [];
  let nextSlot = 0;

  return {
    columns,
    take(source, item, provenance, now) {
      const ref = item.ref ?? item.key;
      const name = `${source}\n${ref}`;
      const known = vehicles.get(name);
      if (known && item.at === known.item.at) return 'duplicate';
      if (known && item.at < known.item.at) return 'late';
      if (!known && vehicles.size >= MOST_VEHICLES) return 'full';
      const slot = known?.slot ?? free.pop() ?? nextSlot++;
      vehicles.set(name, { ref, slot, item, provenance, heardAt: now });
      columns.set(slot, { position: item.position, headingDeg: item.headingDeg, speedKmh: item.speedKmh, kind: VEHICLE_KINDS.indexOf(item.kind) });
      return 'accepted';
    },
    sweep(now) {
      for (const [name, { slot, heardAt }] of vehicles) {
        if (now - heardAt <= SILENCE_MS) continue;
        vehicles.delete(name);
        columns.remove(slot);
        leaving.push(slot);
      }
    },
    freeSlots() {
      free = [...free, ...leaving];
      leaving = [];
    },
    list: () =>
      [...vehicles.values()].map(({ ref, slot, item: { kind, position, speedKmh, headingDeg, unit, at }, provenance }) => ({
        ref, slot, kind, position: position as [number, number], speedKmh, headingDeg, unit: unit ?? null, at, provenance,
      })),
  };
}
