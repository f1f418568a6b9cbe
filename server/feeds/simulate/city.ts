import type { GeoData } from '../../../geo/readData.ts';
import { distanceM } from '../../../geo/distance.ts';
import type { Junction, Place } from '../../../geo/places.ts';
import type { Position } from '../../../geo/position.ts';
import type { RoadSegment } from '../../../geo/streets.ts';
import { isForVehicles } from './streetNet.ts';
import { inSentence, isSpeakable, placeInSentence } from './streetName.ts';

/** A spot of the city with the words that say where it is. */
export interface Spot {
  position: Position;
  /** Fits after a sentence: `trên đường Bạch Đằng`, `tại nút giao …`. */
  where: string;
  /** The street, inside a sentence. */
  street: string;
  /** The road segment closest to it. */
  segment: RoadSegment;
}

/** What the sample city knows of its map. */
export interface City {
  /** Named streets with their segments; only those long enough to be spoken of. */
  streets: ReadonlyMap<string, readonly RoadSegment[]>;
  arterials: readonly RoadSegment[];
  junctions: readonly Junction[];
  bridges: readonly Place[];
  places: readonly Place[];
  /** Full name of the ward, commune or special zone at a position. */
  wardAt(position: Position): { code: string; fullName: string } | undefined;
  segmentNear(position: Position): RoadSegment;
  onSegment(segment: RoadSegment): Spot;
  atJunction(junction: Junction): Spot;
  atBridge(bridge: Place): Spot;
  nearPlace(place: Place): Spot;
}

const ARTERIAL = new Set(['primary', 'secondary']);
const RIVER_BRIDGE = /^Cầu (?!vượt)/u;

/** Reads the map into what the simulation picks from. */
export function createCity(geo: Pick<GeoData, 'roads' | 'junctions' | 'places' | 'wardIndex'>): City {
  const named = geo.roads().segments.filter((segment) => isForVehicles(segment) && !segment.isTurn && isSpeakable(segment.name));
  const streets = new Map<string, RoadSegment[]>();
  for (const segment of named) streets.set(segment.name!, [...(streets.get(segment.name!) ?? []), segment]);
  const segmentNear = (position: Position): RoadSegment =>
    named.reduce((best, segment) => (distanceM(middle(segment), position) < distanceM(middle(best), position) ? segment : best));
  const spotAt = (position: Position, where: string): Spot => {
    const segment = segmentNear(position);
    return { position, where, street: inSentence(segment.name!), segment };
  };
  return {
    streets,
    arterials: named.filter((segment) => ARTERIAL.has(segment.class) && !/^(Kiệt|Hẻm|Cầu)/u.test(segment.name!) && segment.lengthM > 40),
    junctions: geo.junctions().filter(({ name }) => isSpeakable(name) && !/\(\d\)$/.test(name)),
    bridges: geo.places().filter((place) => place.class === 'bridge' && RIVER_BRIDGE.test(place.name)),
    places: geo.places(),
    wardAt: (position) => geo.wardIndex().wardAt(position),
    segmentNear,
    onSegment: (segment) => ({ position: middle(segment), where: `trên ${inSentence(segment.name!)}`, street: inSentence(segment.name!), segment }),
    atJunction: ({ name, position }) => spotAt(position, `tại nút giao ${name.replace(/^Nút /u, '')}`),
    atBridge: ({ name, position }) => ({ ...spotAt(position, `trên ${inSentence(name)}`), street: inSentence(name) }),
    nearPlace: ({ name, position }) => spotAt(position, `tại khu vực gần ${placeInSentence(name)}`),
  };
}

/** The middle of a segment, on its line. */
export function middle({ line }: RoadSegment): Position {
  const at = Math.floor((line.length - 1) / 2);
  const [a, b] = [line[at]!, line[Math.min(at + 1, line.length - 1)]!];
  return line.length % 2 === 1 ? a : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
