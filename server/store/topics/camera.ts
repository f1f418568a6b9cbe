import type { CameraState } from '#contract/topics/camera.ts';
import { fold } from '../../../geo/fold.ts';
import { conePolygon } from '../../../geo/viewCone.ts';
import { createThingTable } from './thingTable.ts';

/** Cameras without the addresses of their streams. */
export const cameraTable = createThingTable<CameraState>({
  topic: 'camera',
  table: 'camera',
  matters: 'true',
  fields: {
    ref: 'text', source: 'text', name: 'text', position: 'point', azimuth: 'double precision', fieldOfView: 'double precision',
    rangeM: 'double precision', kind: 'text', purpose: 'text', noticePosted: 'boolean', retentionDays: 'integer', unit: 'text', ward: 'text',
    provenance: 'text', streams: 'jsonb', updatedAt: 'bigint',
  },
  beside: {
    columns: { cone: 'surface', searchKey: 'text' },
    of: (camera) => ({ cone: { type: 'Polygon', coordinates: [conePolygon(camera)] }, searchKey: fold(`${camera.name} ${camera.ref}`) }),
  },
});
