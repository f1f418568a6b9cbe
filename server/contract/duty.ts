import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable } from '#contract/base.ts';

/** What stood open when a shift was handed over. */
export const DutyFigures = Closed({
  openAlerts: Type.Integer(),
  redAlerts: Type.Integer(),
  unacknowledged: Type.Integer(),
  shelved: Type.Integer(),
  openFeedback: Type.Integer(),
  overdueFeedback: Type.Integer(),
  overdueRequests: Type.Integer(),
  toCheck: Type.Integer(),
});
export type DutyFigures = Static<typeof DutyFigures>;

/** One line of the shift log (sổ trực); `handover` waits until the next shift takes it. */
export const DutyEntry = Closed({
  id: Id,
  form: Type.Union([Type.Literal('note'), Type.Literal('handover')]),
  words: Type.String(),
  actor: Type.String(),
  actorName: Type.String(),
  at: EpochMs,
  figures: Nullable(DutyFigures),
  takenAt: Nullable(EpochMs),
  takenName: Nullable(Type.String()),
});
export type DutyEntry = Static<typeof DutyEntry>;

/** What a person writes into the shift log. */
export const NewDutyEntry = Closed({ form: DutyEntry.properties.form, words: Line(4000) });
export type NewDutyEntry = Static<typeof NewDutyEntry>;

/** Filters of the desk kept under a name; `body` is what the desk put there. */
export const DeskView = Closed({
  name: Line(60),
  body: Closed({
    tab: Type.Union([Type.Literal('alert'), Type.Literal('feedback'), Type.Literal('request')]),
    levels: Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), { maxItems: 4 }),
    kind: Type.String({ maxLength: 40 }),
    state: Type.String({ maxLength: 20 }),
    pile: Type.String({ maxLength: 20 }),
    words: Type.String({ maxLength: 200 }),
  }),
});
export type DeskView = Static<typeof DeskView>;
