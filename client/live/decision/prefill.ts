import type { Decision } from '#contract/decision.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Tile, WallState } from '#contract/wall.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Asia/Ho_Chi_Minh keeps no summer time. */
const ZONE_AHEAD_MS = 7 * HOUR_MS;
const END_OF_DAY_MS = 17 * HOUR_MS;

/** What a decision starts from, so that giving it takes two clicks. */
export interface Prefill {
  unit: string;
  text: string;
  dueAt: number;
}
type Suggested = Pick<Prefill, 'unit' | 'text'>;

/** What is known of the things a wall can speak of. Units: domain time, epoch ms. */
export interface Known {
  alerts: readonly AlertState[];
  red: readonly RedStatusState[];
  requests: readonly HandlingRequestState[];
  feedback: readonly FeedbackState[];
  now: number;
}

/** Five in the afternoon of the next day in Việt Nam. Units: domain time, epoch ms. */
export const tomorrowAt = (now: number): number => Math.floor((now + ZONE_AHEAD_MS) / DAY_MS) * DAY_MS + DAY_MS + END_OF_DAY_MS - ZONE_AHEAD_MS;

const OPEN_STEPS = new Set<HandlingRequestState['step']>(['sent', 'delivered', 'read', 'accepted']);
const OPEN_STATES = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);

/** Who is RED longest comes first, of the indicators a tile names; of all when it names none. */
const ofRed = (red: readonly RedStatusState[], codes: readonly string[] | undefined): Suggested[] =>
  red
    .filter(({ level, subject }) => level === 'red' && (codes === undefined || codes.includes(subject.code)))
    .sort((a, b) => (a.redSince ?? Infinity) - (b.redSince ?? Infinity) || (a.id < b.id ? -1 : 1))
    .map(({ unit, subject }) => ({ unit: unit ?? '', text: subject.title }));

/** What is late the longest comes first; a report that nobody has is of its ward. */
function ofLate({ requests, feedback, now }: Known, about: unknown): Suggested[] {
  const asked = about === 'feedback' ? [] : requests.filter(({ step }) => OPEN_STEPS.has(step)).map(({ unit, title, dueAt }) => ({ unit, text: title, dueAt }));
  const reports = about === 'handling-request' ? [] : feedback.filter(({ state, requestId, duplicateOf }) => OPEN_STATES.has(state) && requestId === null && duplicateOf === null).map(({ unit, ward, description, dueAt }) => ({ unit: unit ?? ward, text: description, dueAt }));
  return [...asked, ...reports].filter(({ dueAt }) => dueAt < now).sort((a, b) => a.dueAt - b.dueAt).flatMap(({ unit, text }) => (unit === null ? [] : [{ unit, text }]));
}

function suggestedBy({ widget, settings = {} }: Pick<Tile, 'widget' | 'settings'>, known: Known): Suggested[] {
  if (widget === 'red-units') return ofRed(known.red, settings['codes'] as string[] | undefined);
  if (widget === 'indicator-board') return ofRed(known.red, (settings['rows'] as { code: string }[] | undefined)?.map(({ code }) => code));
  if (widget === 'overdue-board') return ofLate(known, settings['about']);
  return [];
}

/** A task keeps so much of what was decided as its title. Units: letters. */
const TITLE_LENGTH = 300;

/** What was decided in front of the wall already, on whichever device; what another rehearsal decided says nothing here. */
export const givenOf = (decisions: readonly Decision[], run: string | undefined): Suggested[] =>
  decisions.flatMap(({ request: { unit, title, rehearsal = null } }) => (rehearsal === null || rehearsal === run ? [{ unit, text: title }] : []));

/** Whether a suggestion was given to its unit, as it stood or with words added to it. */
export const isSame = (given: Suggested, one: Suggested): boolean => given.unit === one.unit && given.text.includes(one.text.trim().slice(0, TITLE_LENGTH));

/** Whether what a wall shows asks for the late work to be known. */
export const isAboutLate = (state: Pick<WallState, 'tiles'> | null): boolean => state?.tiles.some(({ widget }) => widget === 'overdue-board') ?? false;

/**
 * The unit and the words that what stands on the wall suggests: its alert, else the one a tile follows, else the gravest of each tile in turn.
 * What was `given` already is not suggested again, and what another rehearsal made up never.
 */
export function prefillOf(state: Pick<WallState, 'composed' | 'tiles' | 'story'> | null, all: Known, given: readonly Suggested[] = []): Prefill {
  const dueAt = tomorrowAt(all.now);
  const focused = state?.tiles.find(({ widget, settings }) => widget === 'alert-focus' && settings?.['alert'] !== undefined)?.settings?.['alert'];
  const composed = all.alerts.find(({ id }) => id === (state?.composed?.alert ?? focused));
  if (composed) return { unit: composed.unit ?? composed.ward ?? '', text: composed.title, dueAt };
  const isHere = ({ rehearsal = null }: { rehearsal?: string | null }): boolean => rehearsal === null || rehearsal === state?.story?.run;
  const known = { ...all, requests: all.requests.filter(isHere), feedback: all.feedback.filter(isHere) };
  const isGiven = (one: Suggested): boolean => given.some((other) => isSame(other, one));
  const tiles = (state?.tiles ?? []).map((tile) => suggestedBy(tile, known)).map((all) => ({ left: all.filter((one) => !isGiven(one)), taken: all.filter(isGiven).length }));
  const [turn] = tiles.filter(({ left }) => left.length > 0).sort((a, b) => a.taken - b.taken);
  return { unit: '', text: '', ...turn?.left[0], dueAt };
}
