import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Level, Line, Nullable, Provenance } from '#contract/base.ts';
import { AlertKind } from '#contract/topics/alert.ts';

const Above = Type.Union([Type.Literal('above'), Type.Literal('below')]);
const Short = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._/-]+$' });

/** What a rule looks at. Units: minutes, metres; traffic is the speed in percent of what is typical for the hour. */
export const RuleSubject = Type.Union([
  Closed({ of: Type.Literal('sensor'), sensorKind: Short, ref: Type.Optional(Line(200)) }),
  Closed({ of: Type.Literal('traffic'), roadClass: Type.Optional(Short), ward: Type.Optional(Short) }),
  Closed({ of: Type.Literal('indicator'), code: Short }),
  Closed({ of: Type.Literal('feedback'), service: Type.Optional(Short), radiusM: Type.Integer({ minimum: 20, maximum: 5000 }), withinMinutes: Type.Integer({ minimum: 5, maximum: 10_080 }) }),
]);
export type RuleSubject = Static<typeof RuleSubject>;

/** A threshold that raises an alert. `clear` is where it ends, so that a value at the edge does not chatter. */
export const AlertRuleText = Closed({
  code: Type.String({ minLength: 3, maxLength: 40, pattern: '^[a-z0-9-]+$' }),
  name: Line(200),
  subject: RuleSubject,
  direction: Above,
  value: Type.Number(),
  clear: Type.Number(),
  holdMinutes: Type.Integer({ minimum: 0, maximum: 1440 }),
  kind: AlertKind,
  level: Level,
});
export type AlertRuleText = Static<typeof AlertRuleText>;

/** A rule with where it stands. `isSample`: its threshold came with the product and nobody wrote their own yet. It can run only after it was tried on the past as it is now written. */
export const AlertRule = Closed({ ...AlertRuleText.properties, isOn: Type.Boolean(), changedAt: EpochMs, changedBy: Type.String(), triedAt: Nullable(EpochMs), isSample: Type.Boolean() });
export type AlertRule = Static<typeof AlertRule>;

/** One time the rule would have raised an alert; `to` is null while it lasts. */
export const RuleEpisode = Closed({ series: Type.String(), name: Type.String(), from: EpochMs, to: Nullable(EpochMs), peak: Type.Number() });
export type RuleEpisode = Static<typeof RuleEpisode>;

/** A rule tried on the past. Units: alerts per day. */
export const RuleTrial = Closed({ from: EpochMs, to: EpochMs, series: Type.Integer(), samples: Type.Integer(), count: Type.Integer(), perDay: Type.Number(), provenance: Type.Union([Provenance, Type.Literal('mixed'), Type.Null()]), episodes: Type.Array(RuleEpisode) });
export type RuleTrial = Static<typeof RuleTrial>;
