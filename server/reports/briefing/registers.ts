import type { Static } from 'typebox';
import { coverageOf, statusesOf, USUAL, type Covered, type Kind } from '#contract/boards/coverage.ts';
import { dossiersOf, lastOf, ON_TIME_LEAST, shareOf, USUAL_DAYS, type DossierRecord } from '#contract/boards/dossiers.ts';
import type { documentTopic, securityEventTopic } from '#contract/topics/record.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { bodiesOf, figureOf, type Board, type RowsOf } from './board.ts';

type Settings = Record<string, unknown>;
const DAY_MS = 86_400_000;

/** Share of the finished dossiers that kept their deadline, in all and by unit, the lowest first. */
export function dossierBoard({ days = USUAL_DAYS }: Settings, { entries, unitName, number, percent, say }: RowsOf): Board {
  const [span, all] = [Number(days), bodiesOf<DossierRecord>('dossier', entries)];
  const sum = dossiersOf(all, span);
  const { received, overdue, units } = sum;
  if (units.length === 0) return { rows: [], figures: [] };
  const share = percent(shareOf(sum));
  return {
    rows: [{ text: say('onTime', { share }), level: 0 }, { text: say('dossiers', { count: number(received), overdue: number(overdue) }), level: 0 }, ...units.map((one) => ({ text: `${unitName(one.unit)}: ${percent(one.share)}`, level: one.share < ON_TIME_LEAST ? 2 : 0 }))],
    figures: [figureOf(say('dossiersOnTime', { days: number(span) }), share, lastOf(all, span)), figureOf(say('dossiersOverdue', { days: number(span) }), number(overdue), lastOf(all, span))],
  };
}

/** Documents, the newest first. */
export function documentBoard({ direction }: Settings, { entries, say }: RowsOf): Board {
  const documents = bodiesOf<Static<(typeof documentTopic)['state']>>('document', entries)
    .filter(({ values }) => !direction || values.direction === direction)
    .sort((a, b) => b.values.issuedOn.localeCompare(a.values.issuedOn) || b.at - a.at);
  return { rows: documents.map(({ values }) => ({ text: `${values.title} · ${values.number} · ${say(values.direction)} · ${values.issuedOn.split('-').reverse().join('/')}`, level: 0 })), figures: [] };
}

/** Events of network security within a day, the gravest first. */
export function securityBoard({ most = 4 }: Settings, { entries, at, number, time, say }: RowsOf): Board {
  const events = bodiesOf<Static<(typeof securityEventTopic)['state']>>('security-event', entries)
    .filter((event) => event.at > at - DAY_MS && event.values.severity <= Number(most))
    .sort((a, b) => a.values.severity - b.values.severity || b.at - a.at);
  if (events.length === 0) return { rows: [], figures: [] };
  const told = events.map(({ at: seenAt, values }) => ({ text: `${values.text ?? values.kind} · ${time(seenAt)} · ${values.asset}`, level: values.severity }));
  return { rows: [{ text: `${number(events.length)} ${say('securityEvents')}`, level: 0 }, ...told], figures: [figureOf(say('securityDay'), number(events.length), events)] };
}

/** How many machines are watched of all, by kind, and the units with the smallest share first; a unit that told one side only is not guessed at. */
export function coverageBoard({ kinds = USUAL }: { kinds?: readonly Kind[] }, { entries, unitName, number, percent, say }: RowsOf): Board {
  const statuses = bodiesOf<RedStatusState>('red-status', entries);
  const board = coverageOf(statuses, kinds);
  const saidOf = ({ watched, all, share }: Covered): string => `${number(watched)}/${number(all)} (${percent(share)})`;
  const figures = kinds.flatMap((kind, place) => {
    const covered = board.kinds[place]?.covered;
    const told = new Set(board.units.flatMap(({ unit, covered: own }) => (own[place] ? [unit] : [])));
    const from = statusesOf(statuses, [kind]).filter(({ unit }) => told.has(unit)).map(({ provenance, asOf, updatedAt }) => ({ provenance, at: asOf ?? updatedAt }));
    return covered ? [figureOf(say('watched', { label: kind.label }), saidOf(covered), from)] : [];
  });
  const units = board.units.flatMap(({ unit, covered }) => covered.flatMap((own, place) => (own ? [`${unitName(unit)}, ${kinds[place]!.label}: ${saidOf(own)}`] : [])));
  return { rows: [...figures.map(({ label, value }) => `${label}: ${value}`), ...units].map((text) => ({ text, level: 0 })), figures };
}
