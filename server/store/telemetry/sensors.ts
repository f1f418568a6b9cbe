import type { Provenance } from '#contract/base.ts';
import type { SensorBounds, SensorItem, SensorState } from '#contract/topics/telemetry.ts';

/** The latest reading of every sensor. A silent sensor stays: its age is what a screen must show. */
export interface Sensors {
  /** `late`: a newer reading is known. */
  take(item: SensorItem, provenance: Provenance, rehearsal?: string): 'accepted' | 'duplicate' | 'late';
  /** Puts back what was known before a restart. */
  restore(states: readonly SensorState[]): void;
  /** Takes away what a rehearsal made up. Returns how many sensors went. */
  forget(rehearsal: string): number;
  list(): SensorState[];
}

/** `boundsOf` says what is unusual for a kind of reading. */
export function createSensors(onChange: (state: SensorState) => void, boundsOf: (kind: string) => SensorBounds | undefined = () => undefined): Sensors {
  const states = new Map<string, SensorState>();
  return {
    take(item, provenance, rehearsal) {
      const ref = item.ref ?? item.key;
      const known = states.get(ref);
      if (known && item.at === known.at) return 'duplicate';
      if (known && item.at < known.at) return 'late';
      const bounds = boundsOf(item.kind);
      const state: SensorState = {
        ref,
        name: item.name ?? known?.name ?? ref,
        kind: item.kind,
        value: item.value,
        unitOfMeasure: item.unitOfMeasure,
        position: item.position ?? known?.position ?? null,
        unit: item.unit ?? known?.unit ?? null,
        at: item.at,
        provenance,
        ...(bounds ? { bounds } : {}),
        ...(rehearsal === undefined ? {} : { rehearsal }),
      };
      states.set(ref, state);
      onChange(state);
      return 'accepted';
    },
    restore(before) {
      for (const state of before) if (!states.has(state.ref)) states.set(state.ref, state);
    },
    forget(rehearsal) {
      const made = [...states.values()].filter((state) => state.rehearsal === rehearsal);
      for (const { ref } of made) states.delete(ref);
      return made.length;
    },
    list: () => [...states.values()],
  };
}
