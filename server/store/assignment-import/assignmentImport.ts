import type { OfficeOutcome, OfficeRow } from '#contract/assignmentImport.ts';
import { okay, refused } from '#contract/faults.ts';
import type { Responsible } from '#contract/topics/case.ts';
import { changesOf, staleReason, type KnownAssignment } from '../../domain/assignment/sheet/compare.ts';
import { findColumns, personMeant, readOfficeRow, type OfficeAssignment } from '../../domain/assignment/sheet/readSheet.ts';
import words from '../../domain/assignment/sheet/words.vi.json' with { type: 'json' };
import { bodyHash } from '../../domain/door/canonical.ts';
import type { AssignmentImportPort } from '../../domain/ports/assignmentImport.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import { wholeScope } from '../../domain/scope.ts';
import type { UnitNames } from '../../domain/units/unitNames.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { sheetLines, type Sheet } from '../feedback/sheetLines.ts';
import { assignmentNumberOf, peopleOfAssignments, writeAssignmentPerson } from '../red/assignmentPeople.ts';
import { peopleOf } from '../red/people.ts';
import { guarded } from '../work/guarded.ts';

const MOST_SHOWN = 300;
/** Assignments that no system here knows yet belong to the office system. */
const OFFICE = 'ioffice';
const sourceOf = (id: string): Source => ({ id, name: 'iOffice', topics: ['assignment'], provenance: 'manual' });
const sayPerson = ({ position, name }: Responsible): string => `${position}, ${name}`;
/** What a person entered stays theirs, and what was simulated never turns into something else by passing through a sheet. */
const provenanceOf = (stands: KnownAssignment | undefined) => (stands?.provenance === 'simulated' ? { provenance: 'simulated' as const } : {});

interface Deps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  door: DoorPort;
  units: { get(code: string): { fullName: string } | undefined };
  names: UnitNames;
}

type Stands = KnownAssignment & { id: string };

/** One row with what follows from it. */
interface Judged {
  row: OfficeRow;
  send?: { source: string; item: { key: string } & Record<string, unknown> };
  /** Who is to answer for it from now on, and which assignment it is when it stands here already. */
  person?: Responsible;
  known?: string;
}

/** People as they stand: who may be named, and who answers for what is here. */
interface People {
  all: readonly Responsible[];
  of: ReadonlyMap<string, Responsible>;
}

/** Takes assignments in from a sheet of the office system; looking and doing go the same way. */
export function createAssignmentImport({ engine, clock, door, units, names }: Deps): AssignmentImportPort {
  const known = async (refs: readonly string[]): Promise<Map<string, Stands>> =>
    new Map((await engine.query<Stands & { ref: string }>(`select 'as-' || n as id, ref, source, unit, at, provenance, "values" from record where topic = 'assignment' and rehearsal is null and ref = any($1) order by source = '${OFFICE}', n`, [refs])).map((row) => [row.ref, row]));

  const judgeValues = (line: number, assignment: OfficeAssignment, stands: KnownAssignment | undefined, now: number): Judged => {
    const { ref, unit, at, isTold, values } = assignment;
    const row: OfficeRow = { line, ref, title: values.title, unit, unitName: units.get(unit)?.fullName ?? unit, outcome: 'new', field: null, reason: null, changes: [] };
    const source = stands?.source ?? OFFICE;
    // Milestones are not in the sheet: they stay. A changed row of the very moment that stands here is told as of now.
    const kept = stands?.values['milestones'] === undefined ? {} : { milestones: stands.values['milestones'] };
    const moment = stands && (!isTold || at <= stands.at) ? now : at;
    const body = { ref, at: moment, unit, ...values, ...kept, ...provenanceOf(stands) };
    const send = { source, item: { ...body, key: `${ref}/${moment}/${bodyHash(body).slice(0, 12)}` } };
    if (!stands) return { row, send };
    const changes = changesOf(assignment, stands);
    if (changes.length === 0) return { row: { ...row, outcome: 'same' } };
    const stale = staleReason(assignment, stands);
    return stale ? { row: { ...row, outcome: 'refused', field: 'at', reason: stale, changes } } : { row: { ...row, outcome: 'changed', changes }, send };
  };
  /** The row with its person: named by the sheet and known here; who is not known is said and left out. */
  const judge = (line: number, assignment: OfficeAssignment, stands: Stands | undefined, people: People, now: number): Judged => {
    const judged = judgeValues(line, assignment, stands, now);
    const { row } = judged;
    if (assignment.responsible === '' || row.outcome === 'refused') return judged;
    const person = personMeant(assignment.responsible, assignment.unit, people.all);
    if (!person) return { ...judged, row: { ...row, field: 'responsible', reason: words.noPerson.replace('{text}', assignment.responsible.slice(0, 80)) } };
    const before = stands && people.of.get(stands.id);
    if (before?.account === person.account) return judged;
    const change = { field: 'responsible' as const, from: before ? sayPerson(before) : words.none, to: sayPerson(person) };
    return { ...judged, person, ...(stands ? { known: stands.id } : {}), row: stands ? { ...row, outcome: 'changed', changes: [...row.changes, change] } : row };
  };

  return {
    read: (bytes, { isDone, skipsFaulty }, scope) =>
      guarded(async () => {
        let sheet: Sheet;
        try {
          sheet = await sheetLines(bytes);
        } catch (error) {
          return refused('SHEET_UNREADABLE', { detail: error instanceof Error ? error.message.slice(0, 120) : '' });
        }
        const columns = findColumns(sheet.columns);
        if (columns.title === undefined || columns.unit === undefined || columns.dueAt === undefined) return refused('SHEET_UNREADABLE', { detail: [columns.title ?? 'title', columns.unit ?? 'unit', columns.dueAt ?? 'dueAt'].join(', ') });
        const now = clock.now();
        const seen = new Map<string, number>();
        const read = sheet.lines.map(({ line, cells }) => {
          const one = readOfficeRow(cells, columns, { names, scope: scope.units, now });
          if ('field' in one) return { line, cells, ...one };
          const first = seen.get(one.assignment.ref);
          if (first !== undefined) return { line, cells, field: 'ref' as const, reason: words.repeat.replace('{line}', String(first)) };
          seen.set(one.assignment.ref, line);
          return { line, assignment: one.assignment };
        });
        const stands = await known([...seen.keys()]);
        const people: People = { all: await peopleOf(engine, wholeScope('assignment-import')), of: await peopleOfAssignments(engine) };
        const judged = read.map((one): Judged => {
          if (!('cells' in one)) return judge(one.line, one.assignment, stands.get(one.assignment.ref), people, now);
          const cell = (head: string | undefined) => (head === undefined ? '' : (one.cells[head] ?? '').slice(0, 300));
          return { row: { line: one.line, ref: cell(columns.ref), title: cell(columns.title), unit: null, unitName: cell(columns.unit), outcome: 'refused', field: one.field, reason: one.reason, changes: [] } };
        });
        const rows = judged.map(({ row }) => row);
        const count = (outcome: OfficeRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
        if (isDone && count('refused') > 0 && !skipsFaulty) return refused('IMPORT_FAULTY', { detail: String(count('refused')) });
        if (isDone) {
          const persons = new Map(judged.flatMap(({ known: id, person }) => (id !== undefined && person ? [[id, person] as const] : [])));
          const bySource = Map.groupBy(judged.flatMap(({ send, person }) => (send ? [{ ...send, person }] : [])), ({ source }) => source);
          for (const [source, list] of bySource) {
            const sent = await door.ingest(sourceOf(source), 'assignment', list.map(({ item }) => item));
            if (!sent.ok) return sent;
            for (const [place, { person }] of list.entries()) {
              const { id } = sent.value.results[place]!;
              if (person && id !== undefined) persons.set(id, person);
            }
          }
          await engine.tx(async (tx) => {
            for (const [id, person] of persons) await writeAssignmentPerson(tx, assignmentNumberOf(id)!, person, { name: scope.principal.name, at: now });
          });
          await engine.tx((tx) => appendAudit(tx, { actor: scope.principal.id, action: 'assignment.import', object: `${count('new')} + ${count('changed')}`, at: now }));
        }
        const used = new Set(Object.values(columns));
        const rank: Record<OfficeRow['outcome'], number> = { refused: 0, changed: 1, new: 2, same: 3 };
        return okay<OfficeOutcome>({
          isDone, columns, unused: sheet.columns.filter((column) => !used.has(column)), total: rows.length,
          fresh: count('new'), changed: count('changed'), same: count('same'), refused: count('refused'),
          rows: rows.toSorted((a, b) => rank[a.outcome] - rank[b.outcome] || a.line - b.line).slice(0, MOST_SHOWN),
        });
      }),
  };
}
