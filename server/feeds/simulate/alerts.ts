import type { AlertItem, AlertKind } from '#contract/topics/alert.ts';
import type { Random } from '../../kernel/random.ts';
import { distanceM } from '../../../geo/distance.ts';
import type { Position } from '../../../geo/position.ts';
import { patchAround } from './area.ts';
import mix from './incidentMix.json' with { type: 'json' };
import type { Incident } from './incidents.ts';
import texts from './texts.vi.json' with { type: 'json' };

type Words = Record<string, string>;

interface Wording {
  title: string;
  text: string;
  update: string;
  end: string;
  numbers: Record<string, number[] | undefined>;
}

/** A camera that may have seen something. */
export interface Witness {
  key: string;
  position: Position;
}

const SEEN_WITHIN_M = 320;
const WORDINGS: Record<AlertKind, Record<'urgent' | 'normal', Wording[]>> = texts;
const AREA_M = new Map(Object.entries(mix.areaM));
const AREA_LEVELS = new Map(Object.entries(mix.areaLevels));

/** Everything a source says of an incident, oldest first: it begins, it may change, it ends. Each message has the text of its own moment. */
export function messagesOf(incident: Incident, tag: string, witnesses: readonly Witness[]): AlertItem[] {
  const { slot, kind, level, spot, startAt, endAt } = incident;
  const random = incident.random.fork('messages');
  const wording = random.pick(WORDINGS[kind][level <= 2 ? 'urgent' : 'normal']);
  const words: Words = { where: spot.where, street: spot.street };
  const say = (template: string, known = words) => fill(template, wording, known, random);
  const ref = `alert-${tag}-${slot}`;
  const area = areaOf(incident, random);
  const cameraKey = mix.seenByCamera.includes(kind) ? closest(witnesses, spot.position)?.key : undefined;
  const begun: AlertItem = {
    key: ref, ref, at: startAt, provenance: 'simulated', kind, level, position: spot.position,
    title: capital(say(wording.title)), text: say(wording.text), status: 'active',
    ...(area ? { area } : {}),
    ...(cameraKey ? { cameraKey, confidence: Number((0.62 + 0.37 * random.next()).toFixed(2)) } : {}),
  };
  const changes = changesAt(incident, random).map((at, index): AlertItem => ({ ...begun, key: `${ref}-${index + 1}`, at, text: say(wording.update, shrunk(words, wording)) }));
  return [begun, ...changes, { ...begun, key: `${ref}-end`, at: endAt, text: say(wording.end), status: 'ended' }];
}

function changesAt({ level, startAt, endAt }: Incident, random: Random): number[] {
  const shares = level <= 2 ? [0.3, 0.65] : random.next() < 0.4 ? [0.5] : [];
  return shares.map((share) => Math.floor(startAt + (endAt - startAt) * share));
}

function areaOf({ kind, level, spot }: Incident, random: Random): AlertItem['area'] {
  const [least, most] = AREA_M.get(kind) ?? [];
  if (least === undefined || most === undefined || level > (AREA_LEVELS.get(kind) ?? 0)) return undefined;
  return patchAround(spot.position, least + (most - least) * random.next() * (level <= 2 ? 1 : 0.5), random);
}

function closest(witnesses: readonly Witness[], position: Position): Witness | undefined {
  const near = witnesses.map((witness) => ({ witness, away: distanceM(witness.position, position) })).filter(({ away }) => away <= SEEN_WITHIN_M);
  return near.sort((a, b) => a.away - b.away)[0]?.witness;
}

/** Puts words and numbers into a template. A number once drawn is kept in `words`. */
function fill(template: string, { numbers }: Wording, words: Words, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const [least, most, step] = numbers[name] ?? [];
    if (least === undefined || most === undefined || step === undefined) return words[name] ?? whole;
    words[name] ??= String(least + step * random.below(Math.floor((most - least) / step) + 1));
    return words[name];
  });
}

/** The same numbers later, when a queue or a pool has become half as long. */
function shrunk(words: Words, { numbers }: Wording): Words {
  const step = numbers.length?.[2];
  if (!words.length || !step) return { ...words };
  return { ...words, length: String(Math.max(step, Math.round(Number(words.length) / 2 / step) * step)) };
}

const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi'));
