import Type from 'typebox';
import { Closed, Id } from '#contract/base.ts';
import { CameraControls, CameraDevice, CameraDeviceEdit, FoundCamera, SteerAnswer, SteerAsk } from '#contract/cameras.ts';
import { answer, refuse } from '../faults.ts';
import { refusals } from '../openapi.ts';
import { JSON_BODY, type App } from '../types.ts';
import { watchRefusal } from '../watching.ts';
import type { RouteDeps } from './index.ts';

const OneCamera = Closed({ id: Id });

/** Devices behind cameras, over ONVIF: found, read and steered. */
export function cameraDeviceRoutes(app: App, deps: RouteDeps): void {
  const { cameraWork } = deps;
  const tags = ['cameras'];

  app.post('/api/v1/cameras/discoveries', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Call ONVIF devices of the network and list those that answer', body: Closed({}), response: { 200: Closed({ items: Type.Array(FoundCamera) }), ...refusals(400, 401, 403, 503) } },
    handler: async (request, reply) => {
      const found = await cameraWork.findDevices(request.principal!);
      return answer(reply, found.ok ? { ok: true, value: { items: found.value } } : found);
    },
  });
  app.put('/api/v1/cameras/:id/device', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Read a device over ONVIF and register its streams; the login is written and never read back', params: OneCamera, body: CameraDeviceEdit, response: { 200: CameraDevice, ...refusals(400, 401, 403, 404, 422, 503) } },
    handler: async (request, reply) => answer(reply, await cameraWork.readDevice(request.principal!, request.params.id, request.body)),
  });
  app.get('/api/v1/cameras/:id/presets', {
    config: { policy: 'staff' },
    schema: { tags, summary: 'Stored views of a camera that can be steered', params: OneCamera, response: { 200: CameraControls, ...refusals(401, 403, 404, 422, 503) } },
    handler: async (request, reply) => {
      const fault = await watchRefusal(request, request.params.id, deps);
      return fault ? refuse(reply, fault) : answer(reply, await cameraWork.presets(request.principal!, request.params.id));
    },
  });
  app.post('/api/v1/cameras/:id/steer', {
    config: { policy: 'staff', accepts: JSON_BODY },
    schema: { tags, summary: 'Steer a camera; who acts holds it for half a minute', params: OneCamera, body: SteerAsk, response: { 200: SteerAnswer, ...refusals(400, 401, 403, 404, 409, 422, 503) } },
    handler: async (request, reply) => {
      const fault = await watchRefusal(request, request.params.id, deps);
      return fault ? refuse(reply, fault) : answer(reply, await cameraWork.steer(request.principal!, request.params.id, request.body));
    },
  });
}
