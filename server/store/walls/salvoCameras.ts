import type { Salvo } from '#contract/wall.ts';
import type { CameraSearchPort } from '../../domain/ports/collections.ts';
import { wholeScope } from '../../domain/scope.ts';

/** Finds the cameras of a salvo in their order: those it names, then those that see its place, then the nearest. */
export function createSalvoCameras(cameraSearch: CameraSearchPort): (salvo: Salvo) => Promise<string[]> {
  const scope = wholeScope('walls');
  const idsOf = (outcome: Awaited<ReturnType<CameraSearchPort['near']>>): string[] => (outcome.ok ? outcome.value.map(({ camera }) => (camera as { id: string }).id) : []);
  return async ({ cameras = [], near, most }) => {
    const found = near ? await Promise.all([cameraSearch.seeing(near, most, scope), cameraSearch.near(near, most, scope)]) : [];
    return [...new Set([...cameras, ...found.flatMap(idsOf)])].slice(0, most);
  };
}
