import type { CameraState } from '#contract/topics/camera.ts';
import { fold } from '../../../geo/fold.ts';
import { conePolygon } from '../../../geo/viewCone.ts';
import { createThingTable } from './thingTable.ts';

const CONE_STEPS = 24;

/** A cone whose straight edges lie outside the true arc, so that a search by it misses nothing at the rim. */
function outerCone(camera: CameraState) {
  const halfStep = (Math.min(camera.fieldOfView, 360) / CONE_STEPS / 2) * (Math.PI / 180);
  return conePolygon({ ...camera, rangeM: camera.rangeM / Math.cos(halfStep) }, CONE_STEPS);
}

/** Cameras without the addresses of their streams. */
export const cameraTable = createThingTable<CameraState>({
  topic: 'camera',
  table: 'camera',
  matters: 'true',
  fields: {
    ref: 'text', source: 'text', name: 'text', position: 'point', azimuth: 'double precision', fieldOfView: 'double precision',
    rangeM: 'double precision', kind: 'text', purpose: 'text', noticePosted: 'boolean', retentionDays: 'integer', groups: 'jsonb', heightM: 'double precision', certificate: 'text', contractor: 'text', masks: 'jsonb', unit: 'text', ward: 'text',
    provenance: 'text', streams: 'jsonb', updatedAt: 'bigint',
  },
  beside: {
    columns: { cone: 'surface', searchKey: 'text' },
    of: (camera) => ({ cone: { type: 'Polygon', coordinates: [outerCone(camera)] }, searchKey: fold(`${camera.name} ${camera.ref}`) }),
  },
});
