import { DateTime } from 'luxon';
import type { SecuritySettings, SecurityState, SignInService } from '#contract/security.ts';
import type { DossierFormat, DossierPort } from '../domain/ports/dossier.ts';
import { printDocx } from './docx.ts';
import { readFonts } from './fonts.ts';
import words from './levelDossier.vi.json' with { type: 'json' };
import type { Paper, PaperBlock } from './paper.ts';
import { printPdf } from './pdf.ts';
import type { ReportSettings } from './settings.ts';
import { filled, paragraph } from './writer.ts';

/** What the running installation says of itself. Units: epoch ms. */
export interface DossierFacts {
  at: number;
  version: string;
  /** As it listens: host and port. */
  address: string;
  port: number;
  databasePort: number | null;
  hasRedis: boolean;
  state: SecurityState;
  rules: SecuritySettings;
  service: SignInService | undefined;
  settings: ReportSettings;
}

const WORST_OFFSET_MS = 2000;
const MUST_USE_CODES = ['admin', 'unit-officer'] as const;
const { general, zones, flows, measures, keeping, open, rest } = words;

const table = (header: readonly string[], rows: readonly (readonly string[])[], widths: readonly number[]): PaperBlock => ({ kind: 'table', caption: null, header: [...header], rows: rows.map((row) => [...row]), widths: [...widths] });
const fill = (rows: readonly (readonly string[])[], values: Record<string, string>) => rows.map((row) => row.map((cell) => filled(cell, values)));
const momentOf = (at: number) => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('HH:mm dd/MM/yyyy');

/** What this configuration leaves open, in the words of the dossier. */
export function openPoints({ state, rules, databasePort }: Pick<DossierFacts, 'state' | 'rules' | 'databasePort'>): string[] {
  const isCodeRequired = MUST_USE_CODES.every((role) => rules.codeRoles.includes(role));
  const found: [boolean, string][] = [
    [!state.isTls && !state.isLoopback, open.tls],
    [state.isLoopback, open.here],
    [state.withoutCode > 0, filled(open.codes, { count: String(state.withoutCode) })],
    [!isCodeRequired, open.roles],
    [state.syslog !== 'sending', open.syslog],
    [!state.rowSecurity, open.rows],
    [databasePort === null, open.store],
    [state.signedHead === null, open.sign],
    [Math.abs(state.clockOffsetMs ?? 0) > WORST_OFFSET_MS, open.clock],
  ];
  return found.filter(([isOpen]) => isOpen).map(([, text]) => text);
}

function flowsOf({ port, databasePort, hasRedis, state, rules, service }: DossierFacts): string[][] {
  const way = state.isTls ? flows.tls : state.isLoopback ? flows.here : flows.plain;
  const used = (isUsed: boolean) => (isUsed ? flows.on : flows.off);
  const issuer = service?.isOn ? new URL(service.issuer).host : general.blank;
  const syslog = { host: rules.syslog?.host ?? general.blank, port: String(rules.syslog?.port ?? 6514) };
  return [
    [...fill([flows.browsers], { port: String(port) })[0]!, way],
    [...fill([flows.database], { port: String(databasePort ?? 5432) })[0]!, used(databasePort !== null)],
    [...flows.redis, used(hasRedis)],
    [...flows.cameras, flows.on],
    [...fill([flows.service], { host: issuer })[0]!, used(service?.isOn === true)],
    [...fill([flows.syslog], syslog)[0]!, { off: flows.off, sending: flows.on, failing: flows.failing }[state.syslog]],
  ];
}

function valuesOf(facts: DossierFacts): Record<string, string> {
  const { state, rules, service } = facts;
  const numbers = Object.fromEntries(Object.entries(rules).flatMap(([name, value]) => (typeof value === 'number' ? [[name, String(value)]] : [])));
  return {
    ...numbers,
    codeRoles: rules.codeRoles.map((role) => words.roles[role]).join(', ') || flows.off,
    service: service?.isOn ? service.name : flows.off,
    rowSecurity: state.rowSecurity ? flows.on : flows.off,
    signed: state.signedHead ? filled(measures.signedAt, { n: String(state.signedHead.n), at: momentOf(state.signedHead.at) }) : flows.off,
    syslog: { off: flows.off, sending: flows.on, failing: flows.failing }[state.syslog],
    tls: state.isTls ? flows.tls : state.isLoopback ? flows.here : flows.plain,
    offset: state.clockOffsetMs === null ? measures.sameMachine : `${state.clockOffsetMs} ms`,
  };
}

/** The technical annex of a level dossier, as a draft in the form of Decree 30/2020/NĐ-CP. */
export function levelDossier(facts: DossierFacts): Paper {
  const { at, version, state, settings, databasePort, address } = facts;
  const on = DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' });
  const values = valuesOf(facts);
  const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 1, text });
  const points = openPoints(facts);
  return {
    form: 'report', parent: settings.parent, issuer: settings.issuer, number: words.number,
    dated: filled(words.dated, { place: settings.place, day: on.toFormat('dd'), month: on.toFormat('MM'), year: on.toFormat('yyyy') }),
    name: words.name, summary: words.summary, addressees: words.addressees, recipients: words.recipients, authority: settings.authority, position: settings.position,
    body: [
      paragraph(filled(words.opening, { version, at: momentOf(at) })), paragraph(words.basis),
      heading(general.heading),
      table(general.header, [
        [general.system, general.systemIs], [general.operator, settings.issuerInText], [general.owner, general.blank], [general.level, general.blank],
        [general.store, databasePort === null ? general.embedded : general.postgres], [general.address, address],
        [general.people, filled(general.counts, { sessions: String(state.openSessions), guests: String(state.guests), walls: String(state.walls), keys: String(state.keys) })],
      ], [35, 65]),
      heading(zones.heading), table(zones.header, zones.rows, [18, 30, 52]),
      heading(flows.heading), table(flows.header, flowsOf(facts), [24, 22, 12, 26, 16]),
      heading(measures.heading), table(measures.header, fill(measures.rows, values), [18, 50, 32]),
      heading(keeping.heading), table(keeping.header, fill(keeping.rows, values), [65, 35]), paragraph(keeping.proof),
      heading(open.heading), ...(points.length > 0 ? points : [open.none]).map((text) => paragraph(text)),
      heading(rest.heading), ...rest.items.map((text) => paragraph(text)),
    ],
    annex: { kind: 'table', caption: null, header: [], rows: [], widths: [] },
    hash: null, isDraft: true, at,
  };
}

/** Prints the dossier of what runs now. */
export function createLevelDossier(read: () => Promise<DossierFacts>): Pick<DossierPort, 'print'> {
  const PRINTERS: Record<DossierFormat, { contentType: string; print: typeof printPdf }> = {
    pdf: { contentType: 'application/pdf', print: printPdf },
    docx: { contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', print: printDocx },
  };
  return {
    async print(format) {
      const { contentType, print } = PRINTERS[format];
      return { name: `ho-so-de-xuat-cap-do.${format}`, contentType, body: await print(levelDossier(await read()), await readFonts()) };
    },
  };
}
