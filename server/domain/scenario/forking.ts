import type { Inject, Scenario, Step } from '#contract/scenario.ts';
import type { Words } from '#contract/wall.ts';
import { pictureOf, stepOf, type Studio, type WallLine } from './recording.ts';

/** What a step may send at most. */
const MOST_PER_STEP = 40;
const MOST_STEPS = 110;
const SHORTEST_S = 60;
const LAST_S = 10;
const ZONE_AHEAD_MS = 7 * 3_600_000;

/** What of an arrival is sent again; who handled it, and how, is left to those who rehearse. */
const FIELDS = {
  alert: ['kind', 'level', 'title', 'text', 'unit', 'position'],
  feedback: ['service', 'description', 'address', 'position'],
} as const;

/** Something that came through the door in the hour, as the log kept it first. Units: epoch ms, domain time. */
export interface Arrival {
  topic: keyof typeof FIELDS;
  at: number;
  body: Readonly<Record<string, unknown>>;
}

/** Most urgent first, so that what does not fit into a step is what matters least. */
const urgency = ({ topic, body }: Arrival) => (topic === 'alert' ? Number(body.level) : 9);

interface Portion {
  step: Step;
  came: readonly Arrival[];
}

/** A step with more arrivals than one can send goes on as further ones of the same picture, each from the second of its first arrival on. Units: epoch ms. */
function portionsOf({ step, came }: Portion, fromAt: number, most: number): Portion[] {
  const secondOf = ({ at }: Arrival): number => Math.floor((at - fromAt) / 1000);
  const [over] = came.slice(MOST_PER_STEP);
  const cut = over ? secondOf(over) : step.at;
  if (cut <= step.at || most <= 1) return [{ step, came }];
  const isBefore = (arrival: Arrival): boolean => secondOf(arrival) < cut;
  const rest = { step: { ...step, at: cut, chapter: undefined }, came: came.filter((arrival) => !isBefore(arrival)) };
  return [{ step, came: came.filter(isBefore) }, ...portionsOf(rest, fromAt, most - 1)];
}

function injectOf({ topic, at, body }: Arrival, ref: string, stepAt: number): Inject {
  const item = Object.fromEntries(FIELDS[topic].flatMap((field) => (body[field] === null || body[field] === undefined ? [] : [[field, body[field]]])));
  return { topic, ref, afterS: Math.max(0, Math.round((at - stepAt) / 1000)), item };
}

/** A stretch of the past as a scenario to rehearse: what the wall showed, step by step, and what came in, sent again at its distance. Undefined when the wall showed nothing of its own. Units: epoch ms. */
export function forkOf(lines: readonly WallLine[], arrivals: readonly Arrival[], span: { fromAt: number; toAt: number }, id: string, name: Words, studio: Studio): Scenario | undefined {
  const lengthS = Math.max(SHORTEST_S, Math.round((span.toAt - span.fromAt) / 1000));
  const own = lines.filter(({ state }) => state.mode === 'live' && !state.composed);
  const shown = own.filter((line, nth) => nth === 0 || pictureOf(line) !== pictureOf(own[nth - 1]!));
  const held = shown.findLast(({ at }) => at <= span.fromAt) ?? shown[0];
  if (!held) return undefined;
  const steps: Step[] = [];
  let before: WallLine | undefined;
  const bySecond = new Map<number, WallLine>([[0, held], ...shown.filter(({ at }) => at > Math.max(span.fromAt, held.at)).map((line) => [Math.round((line.at - span.fromAt) / 1000), line] as const)]);
  for (const [at, line] of bySecond) {
    if (at > lengthS - LAST_S || steps.length >= MOST_STEPS) break;
    steps.push({ ...stepOf(line, steps.length, at, before?.state, studio), on: 'time' });
    before = line;
  }
  if (steps.length === 1) steps.push({ ...steps[0]!, id: 'canh-2', at: lengthS - LAST_S, chapter: undefined });
  const stretches = steps.map((step, index): Portion => {
    const [fromAt, toAt] = [span.fromAt + step.at * 1000, index + 1 < steps.length ? span.fromAt + steps[index + 1]!.at * 1000 : span.toAt];
    return { step, came: arrivals.filter(({ at }) => at >= fromAt && at < toAt) };
  });
  const spare = MOST_STEPS - steps.length;
  const filled = stretches.flatMap((stretch) => portionsOf(stretch, span.fromAt, 1 + Math.floor(spare / steps.length))).map(({ step, came }, index): Step => {
    const sent = [...came].sort((a, b) => urgency(a) - urgency(b)).slice(0, MOST_PER_STEP).sort((a, b) => a.at - b.at);
    const left = came.length - sent.length;
    const notes = left === 0 ? step.notes : { vi: `${step.notes.vi} Không đưa vào ${left} tin ít gấp.`, en: `${step.notes.en} ${left} less urgent items were left out.` };
    return { ...step, id: `canh-${index + 1}`, notes, ...(sent.length > 0 ? { inject: sent.map((arrival, nth) => injectOf(arrival, `lai-${index + 1}-${nth + 1}`, span.fromAt + step.at * 1000)) } : {}) };
  });
  return {
    schema: 1, id, name, kind: 'show', seed: 1,
    clock: { starts: new Date(span.fromAt + ZONE_AHEAD_MS).toISOString().slice(11, 16), lengthS },
    summary: { vi: 'Lấy lại từ một khoảng thời gian đã qua.', en: 'Taken from a stretch of the past.' },
    goals: [{ vi: 'Làm lại và làm tốt hơn.', en: 'Do it again, and better.' }],
    steps: filled.map((step) => JSON.parse(JSON.stringify(step)) as Step),
  };
}
