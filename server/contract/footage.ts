import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable } from '#contract/base.ts';

/** Where pictures of the past lie: computed for a demo camera, in the ring of a camera that is kept, in a kept clip, or at a recorder that is asked. */
export const FootageSource = Type.Union([Type.Literal('sample'), Type.Literal('ring'), Type.Literal('clip'), Type.Literal('recorder')]);
export type FootageSource = Static<typeof FootageSource>;

/** A stretch of time of which pictures can be had; from a `recorder` they may be missing all the same. Units: domain time. */
export const FootageSpan = Closed({ source: FootageSource, from: EpochMs, to: EpochMs, clip: Nullable(Id) });
export type FootageSpan = Static<typeof FootageSpan>;

/** A kept piece of film. `alert` is kept by itself for `about`, `export` was taken out by a person for a reason. Shape: `sha256` in hex, null until it is complete or once it was deleted by its term. */
export const Clip = Closed({
  id: Id,
  camera: Id,
  name: Type.String(),
  kind: Type.Union([Type.Literal('alert'), Type.Literal('export')]),
  state: Type.Union([Type.Literal('open'), Type.Literal('kept'), Type.Literal('empty'), Type.Literal('deleted')]),
  about: Nullable(Id),
  from: EpochMs,
  to: EpochMs,
  bytes: Type.Integer(),
  sha256: Nullable(Type.String()),
  madeBy: Type.String(),
  reason: Nullable(Type.String()),
  at: EpochMs,
  deleteAt: EpochMs,
});
export type Clip = Static<typeof Clip>;

/** What is taken out, and why. */
export const ExportAsk = Closed({ from: EpochMs, to: EpochMs, reason: Line(500) });
export type ExportAsk = Static<typeof ExportAsk>;
