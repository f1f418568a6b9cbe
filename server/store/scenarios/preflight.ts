import type { QualityRow } from '#contract/quality.ts';
import type { EmptyTile, Need, NeedFound, Preflight, Scenario, Step } from '#contract/scenario.ts';
import type { Words } from '#contract/wall.ts';
import { shortOf } from '../../domain/quality/quality.ts';
import { shortNeeds } from '../../domain/scenario/gate.ts';
import { isMadeUp } from '../../domain/scenario/madeUp.ts';
import { chapterOf } from '../../domain/scenario/picture.ts';
import { tilesThatNeed } from '../../domain/scenario/tileNeeds.ts';
import { wholeScope } from '../../domain/scope.ts';
import { cameraRefsIn } from '../../../layouts/bound.ts';
import { readCameraIds } from './cameraIds.ts';
import { createLookUp, type LookUpDeps } from './lookUp.ts';

const UNMEASURED: QualityRow['scores'] = { correct: null, complete: null, clean: null, live: null };
const NO_CAMERA: Words = { vi: 'Camera quanh nơi này', en: 'Cameras around the place' };

/** Where needs are looked up. */
export interface PreflightDeps extends LookUpDeps {
  /** Đúng, đủ, sạch, sống as they are now. */
  quality?: (() => Promise<readonly QualityRow[]>) | undefined;
  now: () => number;
}

/** The cameras a step names count as its need where it states none. */
function ownCameras({ cameras, needs = [], put }: Step): Need[] {
  const refs = [...new Set([...(cameras?.refs ?? []), ...cameraRefsIn(put)])];
  return refs.length === 0 || needs.some(({ what }) => what === 'cameras') ? [] : [{ what: 'cameras', name: { vi: 'Camera của bước', en: 'Cameras of the step' }, least: refs.length, refs }];
}

/** Looks up what a scenario stands on: needs with what was found, each told by the step it belongs to. */
export function createPreflight(deps: PreflightDeps) {
  const { collections, cameraSearch, quality, now } = deps;
  const scope = wholeScope('scenario');
  const lookUp = createLookUp(deps);

  /** Indicators or sources whose scores fall short of what the need asks. */
  const shortIn = async ({ quality: least, codes }: Need): Promise<NonNullable<NeedFound['short']>> => {
    if (!least) return [];
    const rows = (await quality?.()) ?? [];
    const asked = codes ? codes.map((id) => rows.find((row) => row.kind === 'indicator' && row.id === id) ?? { id, scores: UNMEASURED }) : rows.filter(({ kind }) => kind === 'source');
    return asked.map(({ id, scores }) => ({ id, scores: shortOf(scores, least) })).filter(({ scores }) => scores.length > 0);
  };
  const judge = async (need: Need, step: Step | null, chapter: Words | null): Promise<NeedFound> => {
    const { count, newestAt } = await lookUp(need);
    const isStale = need.freshS !== undefined && newestAt !== undefined && now() - newestAt > need.freshS * 1000;
    const short = await shortIn(need);
    return { step: step?.id ?? null, chapter, name: need.name, what: need.what, least: need.least, found: count, isMet: count >= need.least && !isStale && short.length === 0, isStale, hasFallback: step?.fallback !== undefined, ...(short.length > 0 ? { short } : {}) };
  };
  /** Ids of the cameras of each step: by ref, else those that see the place before those that are only near. */
  const cameras = async (scenario: Scenario): Promise<Record<string, string[]>> => {
    const bound: Record<string, string[]> = {};
    const known = await readCameraIds(collections);
    for (const ref of cameraRefsIn(scenario.steps.map(({ put, fallback }) => [put, fallback?.put]))) bound[`$camera:${ref}`] = [known?.get(ref) ?? []].flat();
    for (const { id, cameras: choice } of scenario.steps) {
      if (!choice) continue;
      const ids: string[] = [];
      if (choice.refs) ids.push(...choice.refs.flatMap((ref) => known?.get(ref) ?? []));
      if (choice.near) {
        const [seeing, near] = await Promise.all([cameraSearch.seeing(choice.near, choice.most, scope), cameraSearch.near(choice.near, choice.most, scope)]);
        const { withinM = Infinity } = choice;
        for (const outcome of [seeing, near]) if (outcome.ok) ids.push(...outcome.value.filter(({ distanceM }) => distanceM <= withinM).map(({ camera }) => (camera as { id: string }).id));
      }
      bound[id] = [...new Set(ids)].slice(0, choice.most);
    }
    return bound;
  };
  const chapterAt = (scenario: Scenario, step: Step): Words => chapterOf(scenario, scenario.steps.indexOf(step)).chapter;
  const emptyTiles = async (scenario: Scenario): Promise<EmptyTile[]> => {
    const told = (step: Step, tile: Words): EmptyTile => ({ step: step.id, chapter: chapterAt(scenario, step), tile });
    const bare = await Promise.all(tilesThatNeed(scenario).map(async ({ step, tile, asked }) => ((await lookUp(asked)).count === 0 ? [told(step, tile)] : [])));
    const bound = await cameras(scenario);
    const unseen = scenario.steps.filter(({ id }) => bound[id]?.length === 0).map((step) => told(step, NO_CAMERA));
    return [...bare.flat(), ...unseen];
  };

  return {
    async look(scenario: Scenario, wall: string): Promise<Preflight> {
      const asked = [
        ...(scenario.needs ?? []).map((need) => judge(need, null, null)),
        ...scenario.steps.flatMap((step) => [...(step.needs ?? []), ...ownCameras(step)].map((need) => judge(need, step, chapterAt(scenario, step)))),
      ];
      const [needs, empty] = await Promise.all([Promise.all(asked), emptyTiles(scenario)]);
      const madeUp = scenario.steps.filter((step) => isMadeUp(scenario, step)).map((step) => ({ step: step.id, chapter: chapterAt(scenario, step) }));
      const isReady = empty.length === 0 && needs.every(({ isMet, hasFallback }) => isMet || hasFallback);
      return { scenario: scenario.id, wall, at: now(), isReady, isBarred: shortNeeds({ needs }).length > 0, needs, emptyTiles: empty, madeUp };
    },
    cameras,
    lacks: async (step: Step): Promise<boolean> => (await Promise.all((step.needs ?? []).map((need) => judge(need, step, null)))).some(({ isMet }) => !isMet),
  };
}

export type PreflightLook = ReturnType<typeof createPreflight>;
