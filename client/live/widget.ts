import type { Static, TSchema } from 'typebox';
import type { Component } from 'svelte';
import type { MixedProvenance, Provenance } from '#contract/base.ts';
import type { QualityRow, QualityScores } from '#contract/quality.ts';
import type { MapCamera, Rect } from '#contract/wall.ts';
import type { Texts } from '../ui/i18n/text.ts';
import type { Reading, WidgetSource } from './source.ts';
import { wholeSecond } from './second.ts';

/** States of a tile, as `data-state` tells them. */
export type TileState = 'loading' | 'live' | 'stale' | 'empty' | 'refused' | 'lost' | 'frozen' | 'late' | 'still' | 'audio-only' | 'unsupported-codec' | 'transcoders-busy' | 'auth-failed';

/** What a tile shows, how old it is and where it comes from. */
export interface TileFacts {
  state: TileState;
  asOf: number | null;
  provenance: MixedProvenance | null;
  /** Sources and indicators that what is shown comes from, as quality names them. */
  origins?: readonly string[] | undefined;
  /** What is shown is as old as `asOf` and there was nothing then: the words of an empty tile stand under its mark. */
  hasNothing?: boolean;
  /** The past is shown, and nobody wrote down what this tile said then. */
  isNotKept?: boolean;
}

/** Where a tile stands and how it is drawn. Units: wall pixels; `pixelRatio` is device pixels per wall pixel. */
export interface TilePlace {
  rect: Rect;
  /** The part of the tile this window shows, from the tile's own corner. */
  part: Rect;
  pixelRatio: number;
  /** One arc-minute at the farthest viewer. */
  arcMinutePx: number;
  /** Kept free at the foot for a mark of the display: tiles with a frame leave it free by themselves. */
  footPx?: number | undefined;
  /** Where the wall's map looks at a moment of server time. */
  camera?: ((serverAt: number) => MapCamera) | undefined;
  /** True at desks: pointer and keyboard may be used. */
  isInteractive?: boolean;
  /** True while the wall does without the tile and it only waits to come back: it draws nothing. */
  isParked?: boolean;
}

/** Props of every `Widget.svelte`. */
export interface WidgetProps<Settings> {
  settings: Settings;
  source: WidgetSource;
  place: TilePlace;
  /** Room for the widget's own drawing. Units: wall pixels; 0 until measured. */
  room: { width: number; height: number };
  /** Tells a state only the widget itself can know: a lost picture, a frozen one. */
  onfacts?: (facts: TileFacts) => void;
  /** What a person chose in the widget, at desks. */
  onpick?: (picked: { kind: 'alert' | 'feedback' | 'camera' | 'sensor' | 'unit'; id: string }) => void;
}

/** A widget: one folder of `client/widgets`. */
export interface WidgetDefinition<Settings extends TSchema = TSchema> {
  name: string;
  /** Smallest text it draws. Units: arc-minutes at the farthest viewer. */
  minArcmin: number;
  settings: Settings;
  /** `title` and `empty` in both languages, beside the widget's own texts. */
  texts: Texts<'title' | 'empty'>;
  /** Draws its own frame to the edges: no title bar, no padding. */
  isBleeding?: boolean;
  /** Says MÔ PHỎNG on every picture itself. */
  hasOwnBadge?: boolean;
  /** Kept alive from scene to scene: costly to build. */
  isKept?: boolean;
  facts(settings: Static<Settings>, source: WidgetSource): TileFacts;
  Widget: Component<WidgetProps<Static<Settings>>>;
}

/** A use of a widget that the gallery shows and every test draws. */
export interface WidgetExample<Settings = unknown> {
  name: string;
  settings: Settings;
}

/** Ties the settings, the facts and the drawing of a widget together. */
export function defineWidget<Settings extends TSchema>(widget: WidgetDefinition<Settings>): WidgetDefinition {
  return widget as unknown as WidgetDefinition;
}

/** One word for the sources of several things. */
export function provenanceOf(items: Iterable<{ provenance: Provenance }>): MixedProvenance | null {
  const seen = new Set<Provenance>();
  for (const item of items) seen.add(item.provenance);
  const [first = null] = seen;
  return seen.size > 1 ? 'mixed' : first;
}

/** Where moving things come from. Frames do not say, so the sources that feed the product do. */
export function movingProvenance(source: WidgetSource): MixedProvenance | null {
  if (source.past) return source.past.moved?.provenance ?? null;
  return provenanceOf(source.feeds().items.flatMap(({ provenance }) => (provenance === 'real' || provenance === 'simulated' || provenance === 'manual' ? { provenance } : [])));
}

/** One word for two words. */
export const bothOf = (a: MixedProvenance | null, b: MixedProvenance | null): MixedProvenance | null => (a === null || b === null || a === b ? (a ?? b) : 'mixed');

/** Facts of a tile that shows the things of one reading. */
export function factsOf<Item extends { provenance: Provenance }>(reading: Reading<Item>, source: WidgetSource, shown: readonly Item[] = reading.items): TileFacts {
  const asOf = source.isOnline ? wholeSecond(source.now) : source.heardAt;
  const provenance = provenanceOf(shown);
  if (reading.fault) return { state: 'refused', asOf, provenance };
  if (!reading.isReady) return { state: 'loading', asOf: null, provenance: null };
  const origins = originsOf(shown);
  if (!source.isOnline) return { state: 'stale', asOf, provenance, origins };
  return { state: shown.length > 0 ? 'live' : 'empty', asOf, provenance, origins };
}

/** Names under which the quality of things is kept: an indicator by its code, everything else by the source that sent it. */
export function originsOf(items: readonly object[]): string[] {
  return [...new Set(items.flatMap((item) => {
    const { source, subject } = item as { source?: unknown; subject?: { topic?: unknown; code?: unknown } };
    if (subject?.topic === 'indicator' && typeof subject.code === 'string') return [`indicator/${subject.code}`];
    return typeof source === 'string' && source !== 'ioc' ? [`source/${source}`] : [];
  }))];
}

/** The weakest of đúng, đủ, sạch, sống over what a tile shows; null when nothing of it is measured. */
export function weakestOf(origins: readonly string[], rows: readonly QualityRow[]): { score: keyof QualityScores; value: number } | null {
  const asked = new Set(origins);
  let weakest: { score: keyof QualityScores; value: number } | null = null;
  for (const { kind, id, scores } of rows) {
    if (!asked.has(`${kind}/${id}`)) continue;
    for (const [score, value] of Object.entries(scores) as [keyof QualityScores, number | null][]) if (value !== null && (weakest === null || value < weakest.value)) weakest = { score, value };
  }
  return weakest;
}
