import type { Junction, Place } from './places.ts';
import type { SearchEntry } from './search.ts';
import type { RoadGraph } from './streets.ts';
import type { Unit, UnitGroup } from './units.ts';

/** What the map data offers to a search: units with their former names, old districts, streets, crossings, places. */
export function searchEntries(parts: {
  units?: readonly Unit[];
  groups?: readonly UnitGroup[];
  roads?: RoadGraph;
  junctions?: readonly Junction[];
  places?: readonly Place[];
}): SearchEntry[] {
  const { units = [], groups = [], roads, junctions = [], places = [] } = parts;
  return [
    ...units.map(({ code, kind, fullName, formerUnits, position }): SearchEntry => ({ id: code, kind, name: fullName, aliases: formerUnits?.map(withoutRemark) ?? [], position, unit: code })),
    ...groups.map(({ id, name, units: codes }): SearchEntry => ({ id, kind: 'group', name, unit: codes[0], position: units.find(({ code }) => code === codes[0])?.position })),
    ...streetEntries(roads),
    ...junctions.map(({ id, name, streets, position, ward }): SearchEntry => ({ id, kind: 'junction', name, aliases: [streets.join(' ')], position, unit: ward })),
    ...places.filter(({ rank }) => rank < 3).map(({ id, name, position, ward }): SearchEntry => ({ id, kind: 'place', name, position, unit: ward })),
  ];
}

function withoutRemark(former: string): string {
  return former.replace(/ \(phần còn lại[^)]*\)/, '');
}

function streetEntries(roads: RoadGraph | undefined): SearchEntry[] {
  const streets = new Map<string, SearchEntry>();
  for (const { name, line } of roads?.segments ?? []) {
    if (name && !streets.has(name)) streets.set(name, { id: `street-${name}`, kind: 'street', name, position: line[Math.floor(line.length / 2)] });
  }
  return [...streets.values()];
}
