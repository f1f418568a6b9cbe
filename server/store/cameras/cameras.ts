import type { CameraWorkPort } from '../../domain/ports/cameras.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { createCameraHealth, type HealthDeps } from './health.ts';
import { createCameraRegistry, type RegistryDeps } from './registry.ts';
import { createCameraSets } from './sets.ts';
import { createCameraTraces } from './traces.ts';

export type CameraWork = CameraWorkPort & Closable;

/** Everything that is kept about cameras beside their pictures. */
export function createCameraWork(deps: RegistryDeps & HealthDeps): CameraWork {
  const { close: closeTraces, ...traces } = createCameraTraces(deps);
  const { close: closeHealth, ...health } = createCameraHealth(deps);
  return {
    ...createCameraSets(deps),
    ...createCameraRegistry(deps),
    ...traces,
    ...health,
    async close() {
      await closeHealth();
      await closeTraces();
    },
  };
}
