import type { Static } from 'typebox';
import type { documentTopic, dossierTopic, securityEventTopic } from '#contract/topics/record.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { bodiesOf, figureOf, type Board, type RowsOf } from './board.ts';

type Settings = Record<string, unknown>;
type Dossiers = Static<(typeof dossierTopic)['state']>;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
/** Below this share on time a unit stands out. */
const ON_TIME_LEAST = 0.9;

/** Share of the finished dossiers that kept their deadline, in all and by unit, the lowest first. */
export function dossierBoard({ days = USUAL_DAYS }: Settings, { entries, unitName, number, percent, say }: RowsOf): Board {
  const all = bodiesOf<Dossiers>('dossier', entries).filter(({ unit }) => unit !== null);
  const newest = all.reduce((last, { values }) => (values.day > last ? values.day : last), '');
  const records = all.filter(({ values }) => Date.parse(values.day) > Date.parse(newest) - Number(days) * DAY_MS);
  if (records.length === 0) return { rows: [], figures: [] };
  const sum = (some: readonly Dossiers[], field: 'received' | 'onTime' | 'overdue') => some.reduce((total, { values }) => total + values[field], 0);
  const shareOf = (some: readonly Dossiers[]): number => (sum(some, 'onTime') + sum(some, 'overdue') === 0 ? 1 : sum(some, 'onTime') / (sum(some, 'onTime') + sum(some, 'overdue')));
  const units = [...Map.groupBy(records, ({ unit }) => unit ?? '')].map(([unit, own]) => ({ unit, share: shareOf(own) })).sort((a, b) => a.share - b.share || (a.unit < b.unit ? -1 : 1));
  const received = { count: number(sum(records, 'received')), overdue: number(sum(records, 'overdue')) };
  return {
    rows: [{ text: say('onTime', { share: percent(shareOf(records)) }), level: 0 }, { text: say('dossiers', received), level: 0 }, ...units.map(({ unit, share }) => ({ text: `${unitName(unit)}: ${percent(share)}`, level: share < ON_TIME_LEAST ? 2 : 0 }))],
    figures: [figureOf(say('dossiersOnTime', { days: number(Number(days)) }), percent(shareOf(records)), records), figureOf(say('dossiersOverdue', { days: number(Number(days)) }), number(sum(records, 'overdue')), records)],
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

type Kind = { label: string; all: string; watched: string };
const MACHINES: readonly Kind[] = [{ label: 'Máy chủ', all: 'ATTT-01', watched: 'ATTT-02' }, { label: 'Máy trạm', all: 'ATTT-03', watched: 'ATTT-04' }];

/** How many machines are watched of all, by kind, and the units with the smallest share first; a unit that told one side only is not guessed at. */
export function coverageBoard({ kinds = MACHINES }: Settings, { entries, unitName, number, percent, say }: RowsOf): Board {
  const statuses = bodiesOf<RedStatusState>('red-status', entries).filter(({ subject, unit }) => subject.topic === 'indicator' && unit !== null);
  const units = [...Map.groupBy(statuses, ({ unit }) => unit ?? '')].flatMap(([unit, own]) => {
    const find = (code: string) => own.find(({ subject, value }) => subject.code === code && value !== null);
    return (kinds as Kind[]).flatMap(({ label, all, watched }) => {
      const [of, seen] = [find(all), find(watched)];
      return of && seen ? [{ unit, label, of: of.value ?? 0, seen: seen.value ?? 0, from: [of, seen].map((one) => ({ provenance: one.provenance, at: one.asOf ?? one.updatedAt })) }] : [];
    });
  });
  const shareOf = ({ of, seen }: { of: number; seen: number }): number => (of === 0 ? 0 : seen / of);
  const saidOf = (one: { of: number; seen: number }): string => `${number(one.seen)}/${number(one.of)} (${percent(shareOf(one))})`;
  const figures = (kinds as Kind[]).flatMap(({ label }) => {
    const own = units.filter((one) => one.label === label);
    const whole = own.reduce((sum, { of, seen }) => ({ of: sum.of + of, seen: sum.seen + seen }), { of: 0, seen: 0 });
    return own.length === 0 ? [] : [figureOf(say('watched', { label }), saidOf(whole), own.flatMap(({ from }) => from))];
  });
  const low = units.sort((a, b) => shareOf(a) - shareOf(b) || a.unit.localeCompare(b.unit)).map((one) => `${unitName(one.unit)}, ${one.label}: ${saidOf(one)}`);
  return { rows: [...figures.map(({ label, value }) => `${label}: ${value}`), ...low].map((text) => ({ text, level: 0 })), figures };
}
