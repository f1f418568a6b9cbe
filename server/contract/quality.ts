import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';

const Score = Nullable(Type.Number({ minimum: 0, maximum: 100 }));

/** Đúng, đủ, sạch, sống. Units: 0 to 100; null = can not be measured. */
export const QualityScores = Closed({ correct: Score, complete: Score, clean: Score, live: Score });
export type QualityScores = Static<typeof QualityScores>;

/** Scores of one source or one indicator, and those of the days before, oldest first. */
export const QualityRow = Closed({ kind: Type.Union([Type.Literal('source'), Type.Literal('indicator')]), id: Type.String(), name: Type.String(), scores: QualityScores, history: Type.Array(Closed({ day: Type.String(), scores: QualityScores })) });
export type QualityRow = Static<typeof QualityRow>;

/** `GET /api/v1/quality`. The worst first. */
export const QualityAnswer = Closed({ at: EpochMs, items: Type.Array(QualityRow) });
export type QualityAnswer = Static<typeof QualityAnswer>;
