import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';
import { Name, Scene } from '#contract/wall.ts';

const SceneText = Type.String({ minLength: 1, maxLength: 200_000 });

/** What is wrong with a scene. Units: lines from 1. */
export const SceneFault = Closed({ line: Type.Integer({ minimum: 1 }), code: Type.String(), detail: Type.String(), vi: Type.String(), en: Type.String() });
export type SceneFault = Static<typeof SceneFault>;

/** From which version of the form to which a scene was brought while it was read. */
export const SceneUpgrade = Closed({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) });
export type SceneUpgrade = Static<typeof SceneUpgrade>;

/** One saved version of a scene; at most one of a scene is published, else the shipped file is shown. `schema` is the version of the form it was saved in. */
export const SceneVersion = Closed({ id: Name, version: Type.Integer({ minimum: 1 }), schema: Type.Integer({ minimum: 1 }), savedBy: Type.String(), savedAt: EpochMs, isPublished: Type.Boolean() });
export type SceneVersion = Static<typeof SceneVersion>;

const Which = Closed({ id: Name, version: Type.Integer({ minimum: 1 }) });

/** Commands of the scene editor. A text with faults is answered with all of them, under the name of its `file`, and nothing is stored; `upgrade` says that a text, or the file of the scene asked for, is of an older form. */
export const SCENE_COMMANDS = {
  'scene.check': { request: Closed({ yaml: SceneText, file: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) }), reply: Closed({ scene: Type.Union([Scene, Type.Null()]), faults: Type.Array(SceneFault), upgrade: Nullable(SceneUpgrade) }), policy: 'operate' },
  'scene.write': { request: Closed({ scene: Scene }), reply: Closed({ yaml: Type.String(), faults: Type.Array(SceneFault) }), policy: 'operate' },
  'scene.save': { request: Closed({ scene: Scene }), reply: Closed({ version: Type.Union([Type.Integer(), Type.Null()]), faults: Type.Array(SceneFault) }), policy: 'operate' },
  'scene.versions': { request: Closed({ id: Type.Optional(Name) }), reply: Closed({ versions: Type.Array(SceneVersion), upgrade: Nullable(SceneUpgrade) }), policy: 'operate' },
  'scene.read': { request: Which, reply: Scene, policy: 'operate' },
  'scene.publish': { request: Which, reply: Closed({}), policy: 'operate' },
  'scene.withdraw': { request: Closed({ id: Name }), reply: Closed({}), policy: 'operate' },
} as const;
