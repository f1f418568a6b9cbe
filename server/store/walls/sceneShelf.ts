import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { SceneFault, SceneUpgrade, SceneVersion } from '#contract/sceneEdit.ts';
import type { Scene, WallProfile } from '#contract/wall.ts';
import { readLayout } from '../../../layouts/check.ts';
import { checkLegible } from '../../../layouts/checkLegible.ts';
import { checkSettings, type WidgetSettings } from '../../../layouts/checkSettings.ts';
import { sayFault } from '../../../layouts/sayFault.ts';
import { upgradeStored } from '../../../layouts/upgrade.ts';
import { writeScene } from '../../../layouts/writeScene.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';

export interface SceneShelf {
  /** Published scenes by id, as last read. */
  published(): ReadonlyMap<string, Scene>;
  read(): Promise<void>;
  commands: CommandHandlers;
}

interface Deps {
  engine: Engine;
  clock: Clock;
  logger: Log;
  widgets: () => ReadonlySet<string>;
  settings: WidgetSettings;
  /** Walls a scene must be legible on. */
  profiles: () => Iterable<WallProfile>;
  /** How the shipped file of a scene was brought up, if it was. */
  upgradeOf: (id: string) => SceneUpgrade | undefined;
  /** Told after a scene was published or withdrawn. */
  onPublished: () => Promise<void>;
}

/** Versions of scenes that people saved. None is ever changed; publishing names the one that walls show. */
export function createSceneShelf({ engine, clock, logger, widgets, settings, profiles, upgradeOf, onPublished }: Deps): SceneShelf {
  let published: ReadonlyMap<string, Scene> = new Map();

  const check = (yaml: string, shownAs?: string): { scene: Scene | null; faults: SceneFault[]; upgrade: SceneUpgrade | null } => {
    const id = /^id:\s*['"]?([a-z0-9-]+)/m.exec(yaml)?.[1] ?? 'scene';
    const { value, faults, upgrade = null } = readLayout('scene', `${id}.yaml`, yaml, widgets(), (scene, say) => {
      checkLegible(scene, profiles(), say);
      checkSettings(scene, settings, say);
    });
    return { scene: value ?? null, upgrade, faults: faults.map((fault) => ({ line: fault.line, code: fault.code, detail: fault.detail, vi: sayFault({ ...fault, file: shownAs ?? fault.file }, 'vi'), en: sayFault({ ...fault, file: shownAs ?? fault.file }, 'en') })) };
  };
  const guarded = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const find = async (id: string, version: number): Promise<Outcome<Scene>> => {
    const [row] = await engine.query<{ spec: unknown }>("select spec from layout_version where kind = 'scene' and id = $1 and version = $2", [id, version]);
    if (!row) return refused('NOT_FOUND');
    const scene = upgradeStored<Scene>('scene', row.spec);
    return scene ? okay(scene) : refused('LAYOUT_NEWER');
  };
  const read = async () => {
    const rows = await engine.query<{ id: string; version: number; spec: unknown }>("select v.id, v.version, v.spec from scene_published p join layout_version v on v.kind = 'scene' and v.id = p.id and v.version = p.version");
    published = new Map(
      rows.flatMap(({ id, version, spec }) => {
        const scene = upgradeStored<Scene>('scene', spec);
        if (!scene) logger.warn({ scene: id, version }, 'a newer program wrote this version of a scene; its file is shown');
        return scene ? [[id, scene] as const] : [];
      }),
    );
  };
  const told = async () => {
    await read();
    await onPublished();
    return okay({});
  };

  const commands: CommandHandlers = {
    'scene.check': (_actor, { yaml, file }) => Promise.resolve(okay(check(yaml, file))),
    'scene.write': (_actor, { scene }) => {
      const yaml = writeScene(scene);
      return Promise.resolve(okay({ yaml, faults: check(yaml).faults }));
    },
    'scene.save': (actor, { scene }) =>
      guarded<{ version: number | null; faults: SceneFault[] }>(async () => {
        const { faults } = check(writeScene(scene));
        if (faults.length > 0) return okay({ version: null, faults });
        const [row] = await engine.query<{ version: number }>(
          `insert into layout_version (kind, id, version, spec, saved_by, saved_at)
           select 'scene', $1, coalesce(max(version), 0) + 1, $2, $3, $4 from layout_version where kind = 'scene' and id = $1
           returning version`,
          [scene.id, JSON.stringify(scene), actor.name, clock.now()],
        );
        return okay({ version: row?.version ?? null, faults: [] });
      }),
    'scene.versions': (_actor, { id }) =>
      guarded(async () => {
        const rows = await engine.query<SceneVersion & { savedAt: number | string }>(
          `select v.id, v.version, (v.spec->>'schema')::int as "schema", v.saved_by as "savedBy", v.saved_at as "savedAt", p.version is not null as "isPublished"
           from layout_version v left join scene_published p on p.id = v.id and p.version = v.version
           where v.kind = 'scene' and ($1::text is null or v.id = $1) order by v.saved_at desc, v.version desc limit 200`,
          [id ?? null],
        );
        return okay({ versions: rows.map((row) => ({ ...row, savedAt: Number(row.savedAt) })), upgrade: (id !== undefined && upgradeOf(id)) || null });
      }),
    'scene.read': (_actor, { id, version }) => guarded(() => find(id, version)),
    'scene.publish': (actor, { id, version }) =>
      guarded(async () => {
        const found = await find(id, version);
        if (!found.ok) return found;
        await engine.query(
          `insert into scene_published (id, version, published_by, published_at) values ($1, $2, $3, $4)
           on conflict (id) do update set version = excluded.version, published_by = excluded.published_by, published_at = excluded.published_at`,
          [id, version, actor.name, clock.now()],
        );
        return told();
      }),
    'scene.withdraw': (_actor, { id }) =>
      guarded(async () => {
        const rows = await engine.query('delete from scene_published where id = $1 returning id', [id]);
        return rows.length > 0 ? told() : refused('NOT_FOUND');
      }),
  };
  return { published: () => published, read, commands };
}
