import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, MessageKey, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { defineOwnTopic } from '#contract/topic.ts';

/** What a campaign clears: things of one kind, of some units or all, only those already late or all that are open. */
export const CampaignScope = Closed({
  topic: Type.Union([Type.Literal('handling-request'), Type.Literal('feedback'), Type.Literal('case'), Type.Literal('assignment')]),
  units: Nullable(Type.Array(UnitCode, { maxItems: 200 })),
  isOverdueOnly: Type.Boolean(),
});
export type CampaignScope = Static<typeof CampaignScope>;

/** What one unit had to clear and has left. */
export const CampaignUnit = Closed({ unit: Nullable(UnitCode), total: Type.Integer(), left: Type.Integer() });

/** A campaign (đợt cao điểm): the things it found open at its beginning, burnt down to its deadline. `burnDown` has one point per change, at most one per hour. */
export const CampaignState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  title: Type.String(),
  directive: Nullable(Id),
  scope: CampaignScope,
  state: Type.Union([Type.Literal('open'), Type.Literal('ended')]),
  startedAt: EpochMs,
  dueAt: EpochMs,
  total: Type.Integer(),
  left: Type.Integer(),
  units: Type.Array(CampaignUnit),
  burnDown: Type.Array(Closed({ at: EpochMs, left: Type.Integer() })),
  enteredBy: Type.String(),
  updatedAt: EpochMs,
  provenance: Type.Union([Provenance, Type.Literal('mixed')]),
});
export type CampaignState = Static<typeof CampaignState>;

export const campaignTopic = defineOwnTopic({ name: 'campaign', state: CampaignState, delivery: 'logged', prefix: 'cp' });

/** `POST /api/v1/campaigns`. */
export const NewCampaign = Closed({ title: Line(300), directive: Type.Optional(Id), scope: CampaignScope, dueAt: EpochMs });
export type NewCampaign = Static<typeof NewCampaign>;

/** Who still owes what: from the deadline on the accountability list. `responsible` only for readers entitled to names. */
export const AccountableRow = Closed({ thing: Id, title: Type.String(), unit: Nullable(UnitCode), unitName: Type.String(), dueAt: EpochMs, position: Nullable(Type.String()), person: Nullable(Type.String()), provenance: Provenance });
export const AccountabilityAnswer = Closed({ at: EpochMs, isFinal: Type.Boolean(), total: Type.Integer(), items: Type.Array(AccountableRow) });
export type AccountabilityAnswer = Static<typeof AccountabilityAnswer>;
