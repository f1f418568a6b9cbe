import { createHash } from 'node:crypto';
import type { Decision } from '#contract/decision.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { PastWall } from '#contract/past.ts';
import type { SensorBounds, SensorState } from '#contract/topics/telemetry.ts';
import { DateTime } from 'luxon';
import type { BriefingPort, BriefingWish, DecisionsPort, RehearsalsPort } from '../../domain/ports/briefing.ts';
import type { PastPort } from '../../domain/ports/past.ts';
import type { WallsPort } from '../../domain/ports/walls.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Units } from '../../domain/units/units.ts';
import { chaptersOf, stretchOf, type Chapter } from '../../domain/wall/chapters.ts';
import type { Clock } from '../../kernel/clock.ts';
import { FONT } from '../page.ts';
import type { RowsOf } from './board.ts';
import { boardOf, registersOf } from './boards.ts';
import { FIGURE_TOPICS, figuresOf, type Figure } from './figures.ts';
import { printHtml } from './html.ts';
import { printBriefing } from './pdf.ts';
import { drawPicture } from './picture.ts';
import { rehearsedSensors } from './rehearsed.ts';
import { redsOf, redTableOf } from './reds.ts';
import { indicatorsOf } from './tileRows.ts';
import en from './text.en.json' with { type: 'json' };
import vi from './text.vi.json' with { type: 'json' };

interface Table {
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

/** One chapter, ready to be printed. */
export interface BriefingChapter {
  id: string;
  title: string;
  lines: readonly string[];
  svg: string;
  caption: string;
  isRehearsal: boolean;
  figures: Table;
  /** A line per RED of the tiles that showed RED units. */
  reds: Table;
  decisions: Table;
  hashes: readonly (readonly [name: string, hash: string])[];
}

/** A whole briefing, ready to be printed. */
export interface Briefing {
  title: string;
  language: 'vi' | 'en';
  at: number;
  lines: readonly string[];
  chapters: readonly BriefingChapter[];
  words(key: keyof typeof vi, blanks?: Record<string, string | number>): string;
}

interface Deps {
  past: Pick<PastPort, 'moment' | 'stretch'>;
  decisions: DecisionsPort;
  rehearsals: RehearsalsPort;
  /** What is unusual for a kind of reading. */
  boundsOf: (kind: string) => SensorBounds | undefined;
  walls: Pick<WallsPort, 'profiles' | 'scenes'>;
  units: Pick<Units, 'all'>;
  clock: Pick<Clock, 'now'>;
  outline: () => readonly (readonly (readonly [number, number])[])[];
}

const ZONE = 'Asia/Ho_Chi_Minh';
const local = (at: number, format: string): string => DateTime.fromMillis(at, { zone: ZONE }).toFormat(format);
const clockOf = (at: number): string => local(at, 'HH:mm:ss');
const dateTimeOf = (at: number): string => local(at, 'HH:mm dd/MM/yyyy');

const wordsIn = (language: 'vi' | 'en'): Briefing['words'] => (key, blanks = {}) => (language === 'vi' ? vi : en)[key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(blanks[name] ?? ''));

/** Makes the record of a meeting from the log alone: the same span gives the same file but for the time it was made. */
export function createBriefing({ past, decisions, rehearsals, boundsOf, walls, units, clock, outline }: Deps): BriefingPort {
  const linesOf = async ({ wall, from, until }: BriefingWish, scope: Scope): Promise<Outcome<PastWall[]>> => {
    const start = await past.moment(from, { topics: [], wall, scope });
    if (!start.ok) return start;
    const lines = [...start.value.walls];
    for (let { seq } = start.value, at = from; at < until; ) {
      const rest = await past.stretch({ after: seq, from: at, until }, { topics: [], wall, scope });
      if (!rest.ok) return rest;
      lines.push(...rest.value.walls);
      const isStuck = rest.value.until === at && rest.value.seq === seq;
      ({ seq, until: at } = rest.value);
      if (isStuck) break;
    }
    return okay(lines);
  };

  const madeUpAt = async ({ state: { story } }: PastWall, lines: readonly PastWall[], at: number): Promise<Outcome<SensorState[]>> => {
    if (!story?.isRehearsal) return okay([]);
    const scenario = await rehearsals.scenario(story.run);
    if (!scenario.ok) return scenario;
    return okay(scenario.value ? rehearsedSensors(scenario.value, story.run, lines, at, boundsOf) : []);
  };

  const chapterOf = async (chapter: Chapter, lines: readonly PastWall[], index: number, decided: readonly Decision[], wish: BriefingWish, scope: Scope): Promise<Outcome<BriefingChapter>> => {
    const { line, from, until } = chapter;
    const words = wordsIn(wish.language);
    const shownAt = Math.max(from, until - 1);
    const moment = await past.moment(shownAt, { topics: [...FIGURE_TOPICS, 'camera', ...registersOf(line.state.tiles)], wall: wish.wall, scope });
    if (!moment.ok) return moment;
    const madeUp = await madeUpAt(line, lines, shownAt);
    if (!madeUp.ok) return madeUp;
    const { entries, frames, feeds } = moment.value;
    const sensors = [...moment.value.sensors, ...madeUp.value];
    const profile = walls.profiles().find(({ id }) => id === wish.wall)!;
    const scene = walls.scenes().find(({ id }) => id === line.scene)?.name[wish.language] ?? line.scene;
    const name = line.state.composed?.title ?? line.state.story?.chapter[wish.language] ?? scene;
    const unitShortName = (code: string) => units.all().find((unit) => unit.code === code)?.name ?? code;
    const unitName = (code: string) => units.all().find((unit) => unit.code === code)?.fullName ?? code;
    const number = (value: number, minimumFractionDigits = 0) => value.toLocaleString(wish.language === 'vi' ? 'vi-VN' : 'en-GB', { minimumFractionDigits, maximumFractionDigits: 1 });
    const reds = new Map(line.state.tiles.flatMap((tile) => redsOf(tile, entries, shownAt)).map((red) => [red.id, red]));
    const known: RowsOf = { entries, sensors, frames, feeds, at: shownAt, language: wish.language, unitName: unitShortName, number, percent: (share) => `${number(share * 100, 1)} %`, time: (at) => local(at, 'HH:mm'), dateTime: dateTimeOf, say: words };
    const told = new Map(line.state.tiles.flatMap((tile) => [...indicatorsOf(tile, known), ...(boardOf(tile, known)?.figures ?? [])]).map((figure) => [JSON.stringify(figure), figure]));
    const sourceNames = ({ source, isRehearsed }: Pick<Figure, 'source' | 'isRehearsed'>): string => [...(source === 'none' && isRehearsed ? [] : [words(source)]), ...(isRehearsed ? [words('rehearsed')] : [])].join(', ');
    return okay({
      id: `chapter-${index + 1}`,
      title: `${words('chapter', { n: index + 1 })}. ${name}`,
      lines: [words('shown', { from: clockOf(from), until: clockOf(until) }), [words('putBy', { who: line.by }), line.why && words('why', { why: line.why })].filter(Boolean).join('; ')],
      svg: drawPicture({ ...known, profile, state: line.state, outline: outline(), fontFamily: FONT, nothing: words('nothing'), notKept: words('notKept'), widgetName: (widget) => words(`widget-${widget}` as 'widget-map') }),
      caption: words('picture', { time: clockOf(shownAt) }),
      isRehearsal: line.state.mode === 'rehearsal' || line.state.story?.isRehearsal === true,
      figures: {
        header: [words('figure'), words('value'), words('source'), words('asOf')],
        rows: [
          ...[...told.values()].map((figure) => [figure.label, figure.value, sourceNames(figure), figure.asOf === null ? '–' : dateTimeOf(figure.asOf)]),
          ...figuresOf(entries, shownAt).map((figure) => [words(figure.name), `${number(figure.value)} ${words(`unit-${figure.unit}`)}`, sourceNames(figure), dateTimeOf(figure.asOf)]),
        ],
      },
      reds: redTableOf([...reds.values()], { unitName, number, date: (at) => local(at, 'dd/MM/yyyy'), say: words }),
      decisions: {
        header: [words('content'), words('unit'), words('due'), words('by'), words('state')],
        rows: decided.map(({ by, request }) => [request.title, unitName(request.unit), dateTimeOf(request.dueAt), by, words(request.step)]),
      },
      hashes: [[words('hash'), line.hash], ...(line.chain ? [[words('chain'), line.chain] as const] : [])],
    });
  };

  return {
    async make(asked, scope) {
      const profile = walls.profiles().find(({ id }) => id === asked.wall);
      if (!profile) return refused('WALL_UNKNOWN');
      const until = Math.min(asked.until, Math.round(clock.now()));
      const lines = await linesOf({ ...asked, until }, scope);
      if (!lines.ok) return lines;
      const span = asked.run === undefined ? { from: asked.from, until } : stretchOf(lines.value, asked.run, until);
      if (!span) return refused('NOT_FOUND');
      const wish = { ...asked, ...span };
      const made = await decisions.between(wish.wall, wish.from, wish.until, scope);
      if (!made.ok) return made;
      const chapters: BriefingChapter[] = [];
      const found = chaptersOf(lines.value, wish.from, wish.until);
      for (const [index, chapter] of found.entries()) {
        // What was decided during a glimpse belongs to the picture before it: no decision is left out.
        const decided = made.value.filter(({ at }) => (index === 0 || at >= chapter.from) && at < (found[index + 1]?.from ?? Infinity));
        const written = await chapterOf(chapter, lines.value, index, decided, wish, scope);
        if (!written.ok) return written;
        chapters.push(written.value);
      }
      if (chapters.length === 0) return refused('NOT_FOUND');
      const words = wordsIn(wish.language);
      const story = asked.run === undefined ? undefined : found[0]?.line.state.story;
      const at = Math.round(clock.now());
      const body = createHash('sha256').update(JSON.stringify(chapters)).digest('hex');
      const briefing: Briefing = {
        title: `${words('title')}: ${profile.name[wish.language]}`,
        language: wish.language,
        at,
        lines: [...(story ? [`${words('scenario')}: ${story.name[wish.language]}`] : []), `${words('time')}: ${dateTimeOf(wish.from)} – ${dateTimeOf(wish.until)}`, `${words('made')}: ${dateTimeOf(at)}`, `SHA-256: ${body}`],
        chapters,
        words,
      };
      const name = `briefing-${wish.wall}-${local(wish.from, 'yyyyMMdd-HHmm')}.${wish.format}`;
      if (wish.format === 'html') return okay({ name, contentType: 'text/html; charset=utf-8', body: Buffer.from(printHtml(briefing)) });
      return okay({ name, contentType: 'application/pdf', body: await printBriefing(briefing) });
    },
  };
}
