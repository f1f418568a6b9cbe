import { expect, it } from 'vitest';
import { destination } from './distance.ts';
import { isInRing, type Position } from './position.ts';
import { canSee, conePolygon, type ViewPoint } from './viewCone.ts';

const camera: ViewPoint = { position: [108.22, 16.06], azimuth: 90, fieldOfView: 60, rangeM: 200 };
const at = (bearing: number, metres: number): Position => destination(camera.position, bearing, metres);
const block = (bearing: number, metres: number, half = 0.0001): Position[] => {
  const [lon, lat] = at(bearing, metres);
  return [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half], [lon - half, lat - half]];
};

it('draws a closed cone that holds what it sees', () => {
  const ring = conePolygon(camera);
  expect(ring[0]).toEqual(ring.at(-1));
  expect(isInRing(ring, at(90, 100))).toBe(true);
  expect(isInRing(ring, at(0, 100))).toBe(false);
});

it('sees inside its angle and range only', () => {
  expect(canSee(camera, at(90, 199))).toBe(true);
  expect(canSee(camera, at(118, 100))).toBe(true);
  expect(canSee(camera, at(122, 100))).toBe(false);
  expect(canSee(camera, at(90, 201))).toBe(false);
});

it('looks both ways across north', () => {
  const north = { ...camera, azimuth: 350 };
  expect(canSee(north, at(15, 50))).toBe(true);
  expect(canSee(north, at(25, 50))).toBe(false);
});

it('a full turn sees behind and draws no corner at the camera', () => {
  const round = { ...camera, fieldOfView: 360 };
  expect(canSee(round, at(270, 150))).toBe(true);
  expect(conePolygon(round)).not.toContainEqual(round.position);
});

it('is hidden by a house between, not by the one it hangs on or looks at', () => {
  const between = { ring: block(90, 60) };
  expect(canSee(camera, at(90, 150), [between])).toBe(false);
  expect(canSee(camera, at(90, 30), [between])).toBe(true);
  expect(canSee(camera, at(90, 150), [{ ring: block(90, 0) }])).toBe(true);
  expect(canSee(camera, at(90, 150), [{ ring: block(90, 150) }])).toBe(true);
  expect(canSee(camera, at(90, 150), [{ ring: block(60, 80) }])).toBe(true);
});
