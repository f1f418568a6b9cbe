import Type, { type Static } from 'typebox';
import { Closed, EpochMs } from '#contract/base.ts';
import { Name, Scene } from '#contract/wall.ts';

const SceneText = Type.String({ minLength: 1, maxLength: 200_000 });

/** What is wrong with a scene. Units: lines from 1. */
export const SceneFault = Closed({ line: Type.Integer({ minimum: 1 }), code: Type.String(), detail: Type.String(), vi: Type.String(), en: Type.String() });
export type SceneFault = Static<typeof SceneFault>;

/** One saved version of a scene; at most one of a scene is published, else the shipped file is shown. */
export const SceneVersion = Closed({ id: Name, version: Type.Integer({ minimum: 1 }), savedBy: Type.String(), savedAt: EpochMs, isPublished: Type.Boolean() });
export type SceneVersion = Static<typeof SceneVersion>;

const Which = Closed({ id: Name, version: Type.Integer({ minimum: 1 }) });

/** Commands of the scene editor. A text with faults is answered with all of them and nothing is stored. */
export const SCENE_COMMANDS = {
  'scene.check': { request: Closed({ yaml: SceneText }), reply: Closed({ scene: Type.Union([Scene, Type.Null()]), faults: Type.Array(SceneFault) }), policy: 'operate' },
  'scene.write': { request: Closed({ scene: Scene }), reply: Closed({ yaml: Type.String(), faults: Type.Array(SceneFault) }), policy: 'operate' },
  'scene.save': { request: Closed({ scene: Scene }), reply: Closed({ version: Type.Union([Type.Integer(), Type.Null()]), faults: Type.Array(SceneFault) }), policy: 'operate' },
  'scene.versions': { request: Closed({ id: Type.Optional(Name) }), reply: Closed({ versions: Type.Array(SceneVersion) }), policy: 'operate' },
  'scene.read': { request: Which, reply: Scene, policy: 'operate' },
  'scene.publish': { request: Which, reply: Closed({}), policy: 'operate' },
  'scene.withdraw': { request: Closed({ id: Name }), reply: Closed({}), policy: 'operate' },
} as const;
