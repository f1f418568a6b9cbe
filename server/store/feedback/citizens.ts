import { reportTextFlaw, type Contact, type NewReport, type ReportAnswer } from '#contract/citizen.ts';
import { okay, refused, type Fault, type FaultCode, type Outcome } from '#contract/faults.ts';
import type { FeedbackStepped } from '../../domain/feedback/life.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackPolicy } from '../../domain/feedback/policy.ts';
import { askAgain, mayRate, rate, reopenUntil } from '../../domain/feedback/moderation.ts';
import { feedbackServiceOf } from '../../domain/feedback/services.ts';
import { cleanText } from '../../domain/door/cleanText.ts';
import type { CitizensPort } from '../../domain/ports/citizens.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import { wholeScope } from '../../domain/scope.ts';
import type { Units } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { feedbackTable } from '../topics/feedback.ts';
import type { Seal } from '../topics/seal.ts';
import { changeOf, createDesk } from '../work/desk.ts';
import { createContacts } from './contacts.ts';
import { createFollowCodes, messageKeyOf } from './followCode.ts';
import { readPublished } from './published.ts';
import { publicOf, readResults } from './results.ts';
import { findSimilar } from './similar.ts';

/** The source of everything citizens send through the product's own form. */
export const CITIZEN_SOURCE: Source = { id: 'citizen', name: 'Người dân phản ánh / Citizens', topics: ['feedback'], provenance: 'real' };
const SYSTEM = wholeScope('citizens').principal;
const DOOR_FAULTS: Readonly<Partial<Record<FaultCode, FaultCode>>> = { INGEST_POSITION: 'REPORT_PLACE' };

export interface CitizenDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  door: DoorPort;
  units: Units;
  seal: Seal;
  /** Makes the codes; lives outside the store. */
  secret: Uint8Array;
  places: { isInVietnam(position: readonly number[]): boolean; wardAt(position: readonly number[]): string | null };
}

/** The public side of field feedback. */
export function createCitizens(deps: CitizenDeps): CitizensPort & Closable & { close(): void } {
  const { engine, clock, door, units, places } = deps;
  const codes = createFollowCodes(deps.secret);
  const desk = createDesk(deps);
  const contacts = createContacts(deps);

  const guarded = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };

  const flawOf = ({ service, description, address, position }: NewReport): Outcome<void> => {
    const flaw = reportTextFlaw(description);
    if (flaw) return refused(flaw, { pointer: '/description' });
    if (!feedbackServiceOf(service)) return refused('REPORT_SERVICE', { pointer: '/service' });
    if (!position && !address?.trim()) return refused('REPORT_PLACE_MISSING', { pointer: '/position' });
    const isServed = !position || (places.isInVietnam(position) && places.wardAt(position) !== null);
    return isServed ? okay(undefined) : refused('REPORT_PLACE', { pointer: '/position' });
  };

  /** The report a key stands for, when it says the same as what is sent now. */
  const sentBefore = async (source: Source, key: string, report: NewReport): Promise<Outcome<string>> => {
    const [message] = await engine.query<{ thing: string }>('select thing from message where source = $1 and key = $2', [source.id, key]);
    const [stored] = message ? await feedbackTable.read(engine, [message.thing]) : [];
    const isSame = stored?.state.description === cleanText(report.description) && stored.state.service === report.service;
    return isSame && message ? okay(message.thing) : refused('REPORT_SENT');
  };

  const register = async (id: string, code: string, contact: Contact | undefined) => {
    const feedback = feedbackTable.numberOf(id);
    await engine.query('insert into feedback_follow (feedback, code_hash) values ($1, $2) on conflict do nothing', [feedback, codes.hashOf(code)]);
    if (contact) await contacts.keep(id, contact);
  };

  const byCode = async (code: string): Promise<FeedbackState | undefined> => {
    const [row] = await engine.query<{ feedback: number }>('select feedback from feedback_follow where code_hash = $1', [codes.hashOf(code)]);
    const [stored] = row ? await feedbackTable.read(engine, [feedbackTable.idOf(row.feedback)]) : [];
    const [main] = stored?.state.duplicateOf ? await feedbackTable.read(engine, [stored.state.duplicateOf]) : [];
    return main?.state ?? stored?.state;
  };
  const followed = (state: FeedbackState) => {
    const [now, until] = [clock.now(), reopenUntil(state)];
    return okay({ ...publicOf(state, units), mayRate: mayRate(state, now), reopened: state.reopened ?? 0, reopenUntil: until !== null && now <= until ? until : null });
  };

  /** One act of whoever holds the code. */
  const actByCode = (code: string, name: string, words: string | undefined, rule: (state: FeedbackState, now: number) => FeedbackStepped) =>
    guarded(async () => {
      const found = await byCode(code);
      if (!found) return refused('REPORT_CODE');
      const done = await desk.perform<FeedbackState>(name, SYSTEM, async ({ tx, now }) => {
        const stored = await feedbackTable.readForUpdate(tx, found.id);
        if (!stored) return refused('REPORT_CODE');
        const stepped = rule(stored.state, now);
        if (!stepped.ok) return refused(stepped.code);
        return okay({ reply: stepped.state, changes: [changeOf(feedbackTable, stored, stepped.state)], words });
      });
      return done.ok ? followed(done.value) : done;
    });

  return {
    report: (report, source = CITIZEN_SOURCE) =>
      guarded<ReportAnswer & { id: string }>(async () => {
        const flaw = flawOf(report);
        if (!flaw.ok) return flaw;
        const key = messageKeyOf(report.key);
        const { service, description, position, media } = report;
        const address = report.address?.trim();
        const item = { key, at: clock.now(), service, description, ...(position ? { position } : {}), ...(address ? { address } : {}), ...(media?.length ? { media } : {}) };
        const taken = await door.ingest(source, 'feedback', [item]);
        if (!taken.ok) return taken;
        const [result] = taken.value.results;
        if (!result || result.status === 'rejected') return refusalOf(result?.fault as Fault | undefined);
        const known = result.status === 'conflict' ? await sentBefore(source, key, report) : okay(result.id ?? '');
        if (!known.ok) return known;
        const code = codes.codeOf(report.key);
        await register(known.value, code, report.contact);
        const [stored] = await feedbackTable.read(engine, [known.value]);
        if (!stored) throw new Error(`${known.value} was accepted and is not there`);
        return okay({ id: known.value, code, status: result.status === 'accepted' ? 'accepted' : 'duplicate', dueAt: stored.state.dueAt });
      }),
    place(position) {
      const ward = places.isInVietnam(position) ? places.wardAt(position) : null;
      return ward === null ? refused('REPORT_PLACE') : okay({ ward, wardName: units.get(ward)?.fullName ?? ward });
    },
    follow: (code) => guarded(async () => {
      const state = await byCode(code);
      return state ? followed(state) : refused('REPORT_CODE');
    }),
    rate: (code, stars) => actByCode(code, 'feedback.rate', undefined, (state, now) => rate(state, stars, now)),
    reopen: async (code, typed) => {
      const flaw = reportTextFlaw(typed);
      if (flaw) return refused(flaw, { pointer: '/reason' });
      const reason = cleanText(typed);
      return actByCode(code, 'feedback.ask-again', reason, (state, now) => askAgain(state, reason, now));
    },
    published: (query) => guarded(() => readPublished(engine, query)),
    idOf: (code) => guarded(async () => {
      const [row] = await engine.query<{ feedback: number }>('select feedback from feedback_follow where code_hash = $1', [codes.hashOf(code)]);
      return row ? okay(feedbackTable.idOf(row.feedback)) : refused('REPORT_CODE');
    }),
    results: (query) => guarded(() => readResults(engine, units, query)),
    contact: (actor, scope, id) => guarded(() => contacts.read(actor, scope, id)),
    similar: (scope, id) => guarded(() => findSimilar(engine, scope, id, feedbackPolicy.similar)),
    close: () => contacts.close(),
  };
}

function refusalOf(fault: Fault | undefined): { ok: false; fault: Fault } {
  const code = fault?.code ?? 'REQUEST_BODY';
  return refused(DOOR_FAULTS[code] ?? code, fault?.pointer ? { pointer: fault.pointer } : {});
}
