import type { Area } from '#contract/topics/alert.ts';
import type { Position } from '#contract/base.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import { destination } from '../../../geo/distance.ts';
import { elementsIn, textsIn, type Element } from './document.ts';

/** Where an alert is. `centre` is a point to show it at. */
export interface Place {
  area: Area | undefined;
  centre: Position | undefined;
}

const CIRCLE_CORNERS = 48;
const MOST_CORNERS = 20_000;
const WIDEST_KM = 2000;

const refusal = (reason: string) => refused('INGEST_CAP', { detail: reason });

/** CAP writes "lat,lon"; everything inside is [lon, lat]. */
function positionOf(pair: string): Position | undefined {
  const match = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(pair);
  const [lat, lon] = [Number(match?.[1]), Number(match?.[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : undefined;
}

function ringOf(text: string): Position[] | undefined {
  const ring = text.split(/\s+/).map(positionOf);
  if (ring.length < 4 || ring.length > MOST_CORNERS || !ring.every((corner) => corner !== undefined)) return undefined;
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && first[0] === last[0] && first[1] === last[1] ? ring : undefined;
}

function circleOf(text: string): { ring: Position[]; centre: Position } | undefined {
  const [pair = '', radius = ''] = text.split(/\s+/);
  const centre = positionOf(pair);
  const km = /^\d+(\.\d+)?$/.test(radius) ? Number(radius) : Number.NaN;
  if (!centre || !(km <= WIDEST_KM)) return undefined;
  if (km === 0) return { ring: [], centre };
  const corners = Array.from({ length: CIRCLE_CORNERS }, (_, i) => destination(centre, 360 - (i * 360) / CIRCLE_CORNERS, km * 1000) as Position);
  return { ring: [...corners, corners[0]!], centre };
}

function middleOf(ring: readonly Position[]): Position {
  const corners = ring.slice(0, -1);
  const sum = corners.reduce<Position>((total, [lon, lat]) => [total[0] + lon, total[1] + lat], [0, 0]);
  return [sum[0] / corners.length, sum[1] / corners.length];
}

/** The areas of one info block as one shape. Fails: INGEST_CAP for a polygon or circle that is none. */
export function placeOf(info: Element): Outcome<Place> {
  const rings: Position[][] = [];
  const centres: Position[] = [];
  for (const area of elementsIn(info, 'area')) {
    for (const text of textsIn(area, 'polygon')) {
      const ring = ringOf(text.trim());
      if (!ring) return refusal('a polygon needs at least 4 "lat,lon" pairs, the last equal to the first');
      rings.push(ring);
      centres.push(middleOf(ring));
    }
    for (const text of textsIn(area, 'circle')) {
      const circle = circleOf(text.trim());
      if (!circle) return refusal(`a circle is "lat,lon radius", radius in km up to ${WIDEST_KM}`);
      if (circle.ring.length > 0) rings.push(circle.ring);
      centres.push(circle.centre);
    }
  }
  return { ok: true, value: { area: shapeOf(rings), centre: centres[0] } };
}

function shapeOf(rings: Position[][]): Area | undefined {
  const [only] = rings;
  if (!only) return undefined;
  return rings.length === 1 ? { type: 'Polygon', coordinates: [only] } : { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
}
