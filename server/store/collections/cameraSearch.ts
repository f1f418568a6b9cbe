import { okay, refused, type Outcome } from '#contract/faults.ts';
import { canSee, type Footprint } from '../../../geo/viewCone.ts';
import type { CameraSearchPort } from '../../domain/ports/collections.ts';
import type { Engine, Row } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { cameraTable } from '../topics/camera.ts';
import { createConditions, type Conditions } from './conditions.ts';
import { toMercator } from './mercator.ts';

type Found = { camera: unknown; distanceM: number };
type Point = [number, number];

/** Most cameras looked at before buildings are taken into account. */
const CANDIDATES = 200;

/** Finds cameras by place. With `buildings`, a camera whose sight a building blocks does not see. */
export function createCameraSearch({ engine, buildings }: { engine: Engine; buildings?: () => readonly Footprint[] }): CameraSearchPort {
  const search = async (conditions: Conditions, point: Point, limit: number): Promise<Row[]> => {
    const [lon, lat] = point.map((degrees) => conditions.bind(degrees));
    const [x, y] = toMercator(point).map((metres) => conditions.bind(metres));
    const rows = await engine.query<Row & { distanceM: number }>(
      `select ${cameraTable.selects}, st_distancesphere(t.place, st_setsrid(st_makepoint(${lon}, ${lat}), 4326)) as "distanceM"
       from camera t where ${conditions.where()}
       order by t.place_3857 <-> st_setsrid(st_makepoint(${x}, ${y}), 3857) limit ${conditions.bind(limit)}`,
      conditions.params(),
    );
    return rows.sort((a, b) => a.distanceM - b.distanceM);
  };
  const toFound = (row: Row): Found => ({ camera: cameraTable.toState(row), distanceM: row['distanceM'] as number });
  const answer = async (work: () => Promise<Found[]>): Promise<Outcome<Found[]>> => {
    try {
      return okay(await work());
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };

  return {
    near: (position, limit, scope) => answer(async () => (await search(createConditions(scope, 't'), position, limit)).map(toFound)),
    seeing: (position, limit, scope) =>
      answer(async () => {
        const conditions = createConditions(scope, 't');
        conditions.add('st_intersects(t.cone, st_setsrid(st_makepoint(?, ?), 4326))', ...position);
        const rows = await search(conditions, position, CANDIDATES);
        return rows.filter((row) => canSee(cameraTable.toState(row), position, buildings?.())).slice(0, limit).map(toFound);
      }),
  };
}
