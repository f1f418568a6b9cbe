import type { Scene } from './actors.ts';
import { avenue } from './scenes/avenue.ts';
import { beach } from './scenes/beach.ts';
import { bridge, cableBridge } from './scenes/bridge.ts';
import { market } from './scenes/market.ts';
import { riverside } from './scenes/riverside.ts';
import { roundabout } from './scenes/roundabout.ts';

const SCENES: Record<string, Scene> = { avenue, beach, bridge, 'cable-bridge': cableBridge, market, riverside, roundabout };

export function sceneNamed(name: string): Scene {
  const scene = SCENES[name];
  if (!scene) throw new Error(`no scene is called ${name}`);
  return scene;
}
