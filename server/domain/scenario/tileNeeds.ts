import type { Need, Put, Scenario, Step } from '#contract/scenario.ts';
import type { Words } from '#contract/wall.ts';

/** Data one tile of a step shows. */
export interface TileNeed {
  step: Step;
  /** What the tile is called on the wall. */
  tile: Words;
  asked: Pick<Need, 'what' | 'kinds' | 'codes'>;
}

type Asked = TileNeed['asked'];
const codesOf = (settings: Put['settings']): string[] | undefined => (settings?.['rows'] as { code: string }[] | undefined)?.map(({ code }) => code);
/** Widgets that show one list and nothing without it, with the part of it their settings choose. */
const SHOWS: Readonly<Record<string, (settings: Put['settings']) => Asked>> = {
  'sensor-board': (settings) => ({ what: 'sensors', ...(settings?.['kinds'] ? { kinds: settings['kinds'] as string[] } : {}) }),
  'indicator-board': (settings) => ({ what: 'indicators', ...(codesOf(settings) ? { codes: codesOf(settings)! } : {}) }),
  'dossier-board': () => ({ what: 'dossiers' }),
  'document-list': () => ({ what: 'documents' }),
  'security-board': () => ({ what: 'security-events' }),
};
const LIST_OF: Readonly<Record<string, Need['what']>> = { sensor: 'sensors', indicator: 'indicators', dossier: 'dossiers', document: 'documents', 'security-event': 'security-events' };

/** Tiles that stand on data which the scenario has not sent by then and which no fallback of the step replaces. */
export function tilesThatNeed({ steps }: Scenario): TileNeed[] {
  const sent = new Set<string>();
  return steps.flatMap((step) => {
    for (const { topic, item } of step.inject ?? []) sent.add(LIST_OF[topic] ?? '').add(`${LIST_OF[topic] ?? ''} ${String(item['kind'])}`);
    const comes = ({ what, kinds }: Asked) => (kinds ? kinds.some((kind) => sent.has(`${what} ${kind}`)) : sent.has(what));
    return Object.entries(step.put ?? {}).flatMap(([id, { widget, title, settings }]): TileNeed[] => {
      const asked = SHOWS[widget]?.(settings);
      return !asked || !title || step.fallback?.put?.[id] || comes(asked) ? [] : [{ step, tile: title, asked }];
    });
  });
}
