import type { Map as GlMap } from 'maplibre-gl';
import { WARD_STATE } from '../../../geo/style/groundLayers.ts';

/** Hatches the units that are ĐỎ and clears those that are no longer. */
export function tellRedUnits(map: GlMap, codes: readonly string[], told: Set<string>): void {
  const wanted = new Set(codes);
  for (const code of told) {
    if (wanted.has(code)) continue;
    map.setFeatureState({ ...WARD_STATE, id: Number(code) }, { red: false });
    told.delete(code);
  }
  for (const code of wanted) {
    if (told.has(code)) continue;
    map.setFeatureState({ ...WARD_STATE, id: Number(code) }, { red: true });
    told.add(code);
  }
}
