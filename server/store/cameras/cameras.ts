import type { CameraWorkPort } from '../../domain/ports/cameras.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { createCameraDevices, type CameraDeviceDeps } from './devices.ts';
import { createCameraHealth, type HealthDeps } from './health.ts';
import { createCameraRegistry, type RegistryDeps } from './registry.ts';
import { createCameraSets } from './sets.ts';
import { createCameraTraces } from './traces.ts';

export type CameraWork = CameraWorkPort & Closable;

/** Everything that is kept about cameras beside their pictures. */
export function createCameraWork(deps: RegistryDeps & Omit<HealthDeps, 'clockOffset'> & CameraDeviceDeps): CameraWork {
  const { close: closeTraces, ...traces } = createCameraTraces(deps);
  const { clockOffset, ...devices } = createCameraDevices(deps);
  const { close: closeHealth, ...health } = createCameraHealth({ ...deps, clockOffset });
  return {
    ...createCameraSets(deps),
    ...createCameraRegistry(deps),
    ...devices,
    ...traces,
    ...health,
    async close() {
      await closeHealth();
      await closeTraces();
    },
  };
}
