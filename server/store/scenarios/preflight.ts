import type { QualityRow } from '#contract/quality.ts';
import type { Need, NeedFound, Preflight, Scenario } from '#contract/scenario.ts';
import type { CameraSearchPort, CollectionPort, ListQuery } from '../../domain/ports/collections.ts';
import type { TelemetryPort } from '../../domain/ports/telemetry.ts';
import { shortOf } from '../../domain/quality/quality.ts';
import { shortNeeds } from '../../domain/scenario/gate.ts';
import { wholeScope } from '../../domain/scope.ts';

const UNMEASURED: QualityRow['scores'] = { correct: null, complete: null, clean: null, live: null };
const NEAR_MOST = 50;
const PAGE = 200;

/** Where needs are looked up. */
export interface PreflightDeps {
  collections: Pick<CollectionPort, 'list'>;
  cameraSearch: Pick<CameraSearchPort, 'near' | 'seeing'>;
  telemetry: Pick<TelemetryPort, 'vehicles'>;
  hasUnit: (code: string) => boolean;
  /** Đúng, đủ, sạch, sống as they are now. */
  quality?: (() => Promise<readonly QualityRow[]>) | undefined;
  now: () => number;
}

interface Found {
  count: number;
  newestAt: number | undefined;
}

type Item = { ref?: string; kind?: string; at?: number; updatedAt?: number; receivedAt?: number; position?: [number, number] | null; values?: { code?: string } };
const timeOf = ({ at, updatedAt, receivedAt }: Item): number => updatedAt ?? at ?? receivedAt ?? 0;
const found = (items: readonly Item[]): Found => ({ count: items.length, newestAt: items.length > 0 ? Math.max(...items.map(timeOf)) : undefined });

/** Looks up what a scenario stands on: needs with what was found, each told by the step it belongs to. */
export function createPreflight({ collections, cameraSearch, telemetry, hasUnit, quality, now }: PreflightDeps) {
  const scope = wholeScope('scenario');

  const listed = async (name: string, query: Partial<ListQuery>): Promise<Item[]> => {
    const page = await collections.list(name, { limit: PAGE, ...query }, scope);
    return page.ok ? (page.value.items as Item[]) : [];
  };
  const camerasNear = async (position: [number, number], withinM: number): Promise<Item[]> => {
    const near = await cameraSearch.near(position, NEAR_MOST, scope);
    return near.ok ? near.value.filter(({ distanceM }) => distanceM <= withinM).map(({ camera }) => camera as Item) : [];
  };
  const lookUp = async ({ what, near, withinM = 1000, refs, codes, kinds }: Need): Promise<Found> => {
    if (what === 'units') return { count: (codes ?? []).filter(hasUnit).length, newestAt: undefined };
    if (what === 'vehicles') return found(telemetry.vehicles());
    if (what === 'cameras' && near && !refs) return { count: (await camerasNear(near, withinM)).length, newestAt: undefined };
    if (what === 'indicators' && codes) return found((await Promise.all(codes.map((kind) => listed('indicators', { kind, limit: 1 })))).flat());
    const items = await listed(what, {});
    const chosen = items.filter((item) => (!refs || refs.includes(item.ref ?? '')) && (!kinds || kinds.includes(item.kind ?? '')));
    return what === 'cameras' ? { count: chosen.length, newestAt: undefined } : found(chosen);
  };
  /** Indicators or sources whose scores fall short of what the need asks. */
  const shortIn = async ({ quality: least, codes }: Need): Promise<NonNullable<NeedFound['short']>> => {
    if (!least) return [];
    const rows = (await quality?.()) ?? [];
    const asked = codes ? codes.map((id) => rows.find((row) => row.kind === 'indicator' && row.id === id) ?? { id, scores: UNMEASURED }) : rows.filter(({ kind }) => kind === 'source');
    return asked.map(({ id, scores }) => ({ id, scores: shortOf(scores, least) })).filter(({ scores }) => scores.length > 0);
  };
  const judge = async (need: Need, step: string | null, hasFallback: boolean): Promise<NeedFound> => {
    const { count, newestAt } = await lookUp(need);
    const isStale = need.freshS !== undefined && newestAt !== undefined && now() - newestAt > need.freshS * 1000;
    const short = await shortIn(need);
    return { step, name: need.name, what: need.what, least: need.least, found: count, isMet: count >= need.least && !isStale && short.length === 0, isStale, hasFallback, ...(short.length > 0 ? { short } : {}) };
  };

  return {
    async look(scenario: Scenario, wall: string): Promise<Preflight> {
      const asked = [
        ...(scenario.needs ?? []).map((need) => judge(need, null, false)),
        ...scenario.steps.flatMap((step) => (step.needs ?? []).map((need) => judge(need, step.id, step.fallback !== undefined))),
      ];
      const needs = await Promise.all(asked);
      return { scenario: scenario.id, wall, at: now(), isReady: needs.every(({ isMet, hasFallback }) => isMet || hasFallback), isBarred: shortNeeds({ needs }).length > 0, needs };
    },
    /** Ids of the cameras of each step: by ref, else those that see the place before those that are only near. */
    async cameras(scenario: Scenario): Promise<Record<string, string[]>> {
      const bound: Record<string, string[]> = {};
      for (const { id, cameras: choice } of scenario.steps) {
        if (!choice) continue;
        const ids: string[] = [];
        if (choice.refs) ids.push(...(await listed('cameras', {})).filter(({ ref }) => choice.refs?.includes(ref ?? '')).map((camera) => (camera as { id: string }).id));
        if (choice.near) {
          const [seeing, near] = await Promise.all([cameraSearch.seeing(choice.near, choice.most, scope), cameraSearch.near(choice.near, choice.most, scope)]);
          for (const outcome of [seeing, near]) if (outcome.ok) ids.push(...outcome.value.map(({ camera }) => (camera as { id: string }).id));
        }
        bound[id] = [...new Set(ids)].slice(0, choice.most);
      }
      return bound;
    },
  };
}

export type PreflightLook = ReturnType<typeof createPreflight>;
