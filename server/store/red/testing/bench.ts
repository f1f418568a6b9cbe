import type { Principal, Role } from '#contract/roles.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { CommandHandlers } from '../../../domain/ports/work.ts';
import { createDoor } from '../../../domain/door/door.ts';
import type { DoorPort, Source } from '../../../domain/ports/door.ts';
import type { RedPort } from '../../../domain/ports/red.ts';
import { readCatalogue } from '../../../domain/indicator/readCatalogue.ts';
import type { Catalogue } from '../../../domain/indicator/catalogue.ts';
import type { DataSet } from '../../../domain/red-case/dataSet.ts';
import { createUnits } from '../../../domain/units/units.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { createSilentLog } from '../../../kernel/log.ts';
import type { Engine } from '../../engine/engine.ts';
import { migrate } from '../../engine/migrate.ts';
import { createTestEngine, type TestEngine } from '../../engine/testEngines.ts';
import { caseTable } from '../../topics/case.ts';
import { createDoorStore } from '../../topics/doorStore.ts';
import { redStatusTable } from '../../topics/redStatus.ts';
import { testSeal } from '../../topics/testStore.ts';
import { createWork } from '../../work/work.ts';
import { createCaseCommands } from '../commands.ts';
import { createRedReads } from '../reads.ts';
import { createRedEngine, type RedEngine } from '../red.ts';

/** Monday, 5 October 2026, ten in the morning. */
export const AT = Date.parse('2026-10-05T10:00:00+07:00');
export const DAY = 86_400_000;

export const units = createUnits([
  { code: '48', name: 'Đà Nẵng', fullName: 'Thành phố Đà Nẵng', kind: 'province', search: 'da nang' },
  ...['A', 'B', 'C'].map((letter) => ({ code: `SM-${letter}`, name: `Sở mẫu ${letter}`, fullName: `Sở mẫu ${letter}`, kind: 'agency' as const, parent: '48', search: `so mau ${letter.toLowerCase()}` })),
]);

export const person = (id: string, role: Role, of: string[] | null): Principal => ({ kind: 'person', id, name: `Tên ${id}`, roles: [role], units: of });
export const OPERATOR = person('ac-1', 'operator', null);
export const LEADER = person('ac-2', 'leader', null);
export const OFFICER_A = person('ac-3', 'unit-officer', ['SM-A']);
export const OFFICER_B = person('ac-4', 'unit-officer', ['SM-B']);

/** Three indicators and a formula of two, monthly, due ten days after the month. */
export const CATALOGUE = `
service: thu
name: { vi: Thử, en: Test }
goals: [{ code: g, name: { vi: Mục tiêu, en: Goal } }]
indicators:
  - &up { code: UP, name: { vi: Càng cao càng tốt, en: Higher }, unitOfMeasure: { vi: "%", en: "%" }, direction: higher, period: month, goal: g, ownerKind: agency, source: thử, legalBasis: thử, reportDueDays: 10, rules: [{ from: 2020-01-01, until: 2025-12-31, red: 0.5, amber: 0.8, low: 0.3 }, { from: 2026-01-01, red: 0.7, amber: 0.9, low: 0.5 }], targets: [{ from: 2020-01-01, value: 100 }, { from: 2020-01-01, unit: SM-B, value: 50 }] }
  - { code: DOWN, name: { vi: Càng thấp càng tốt, en: Lower }, unitOfMeasure: { vi: "%", en: "%" }, direction: lower, period: month, goal: g, ownerKind: agency, source: thử, legalBasis: thử, reportDueDays: 10, rules: [{ from: 2020-01-01, red: 0.5, amber: 0.8, low: 0.3 }], targets: [{ from: 2020-01-01, value: 5 }] }
  - { code: SUM, name: { vi: Lũy kế, en: Running }, unitOfMeasure: { vi: "%", en: "%" }, direction: higher, period: month, accumulates: true, goal: g, ownerKind: agency, source: thử, legalBasis: thử, reportDueDays: 10, rules: [{ from: 2020-01-01, red: 0.7, amber: 0.9, low: 0.5 }], targets: [{ from: 2020-01-01, value: 120 }] }
  - { code: MIX, name: { vi: Công thức, en: Formula }, unitOfMeasure: { vi: điểm, en: points }, direction: higher, period: month, goal: g, ownerKind: agency, source: thử, legalBasis: thử, reportDueDays: 10, formula: { UP: 60, SUM: 40 }, rules: [{ from: 2020-01-01, red: 0.5, amber: 0.8, low: 0.3 }], targets: [{ from: 2020-01-01, value: 90 }] }
assignmentRules: [{ from: 2020-01-01, amberDays: 3, blockedRedDays: 5, low: 0.5 }]
`;

/** A catalogue from its text; a test that writes a wrong one fails here. */
export function catalogueOf(text: string, version = 'v1'): Catalogue {
  const { catalogue, faults } = readCatalogue([{ file: 'thu.yaml', text }], version);
  if (!catalogue) throw new Error(JSON.stringify(faults));
  return catalogue;
}

/** A store with its door, the engine of ĐỎ, its reads and every command. Time moves only when told; `red.catchUp` lets it work. */
export interface RedBench {
  test: TestEngine;
  engine: Engine;
  /** Stands until it is moved; a new test may set it back. */
  clock: Clock & { move(to: { at: number }): void };
  door: DoorPort;
  red: RedEngine;
  reads: RedPort;
  work: Required<CommandHandlers>;
  send(topic: 'indicator' | 'assignment', items: readonly object[], source?: Partial<Source>): Promise<string[]>;
  value(code: string, unit: string, period: string, value: number | null, more?: object): Promise<void>;
  statuses(): Promise<RedStatusState[]>;
  status(ref: string): Promise<RedStatusState | undefined>;
  cases(): Promise<CaseState[]>;
  account(login: string, unit: string[] | null, isDisabled?: boolean): Promise<string>;
  close(): Promise<void>;
}

export async function createRedBench(kind: Engine['kind'], { dataSets = [] }: { dataSets?: DataSet[] } = {}): Promise<RedBench> {
  const test = await createTestEngine(kind);
  const log = createSilentLog();
  await migrate(test.engine, log);
  const { engine } = test;
  let standing = AT;
  const clock: RedBench['clock'] = { now: () => standing, realNow: () => standing, rate: () => 1, isReal: () => false, move: ({ at }) => void (standing = at) };
  const red = createRedEngine({ engine, clock, log, units, tickMs: 3_600_000 });
  const door = createDoor({
    clock, units, places: { isInVietnam: () => true, wardAt: () => null }, store: createDoorStore({ engine, seal: testSeal, reactions: red.reactions }),
    telemetry: { take: () => [] }, witness: { note: () => undefined },
  });
  const deps = { engine, clock, log, units };
  let sent = 0;
  const bench: RedBench = {
    test, engine, clock, door, red,
    reads: createRedReads({ engine, clock, units, red, dataSets }),
    work: { ...createWork(deps), ...createCaseCommands(deps) } as Required<CommandHandlers>,
    async send(topic, items, source = {}) {
      const answer = await door.ingest({ id: 'test', name: 'Nguồn thử', topics: null, provenance: 'simulated', ...source }, topic, items);
      if (!answer.ok) throw new Error(answer.fault.code);
      return answer.value.results.map(({ status, id, fault }) => (status === 'accepted' ? id! : `${status} ${fault?.code ?? ''}`));
    },
    async value(code, unit, period, value, more = {}) {
      await bench.send('indicator', [{ key: `v${(sent += 1)}`, at: clock.now(), unit, code, period, value, ...more }]);
    },
    statuses: async () => (await engine.query(`select ${redStatusTable.selects} from red_status t order by t.n`)).map(redStatusTable.toState),
    status: async (ref) => (await bench.statuses()).find((one) => one.ref === ref),
    cases: async () => (await engine.query(`select ${caseTable.selects} from red_case t order by t.n`)).map(caseTable.toState),
    async account(login, of, isDisabled = false) {
      const [row] = await engine.query<{ id: number }>(
        `insert into account (login, name, position, roles, units, password_hash, created_at, disabled_at) values ($1, $2, 'Trưởng phòng', '{unit-officer}', $3, 'x', 0, $4) returning id`,
        [login, `Tên ${login}`, of, isDisabled ? 1 : null],
      );
      return `ac-${row!.id}`;
    },
    async close() {
      await red.close();
      await test.close();
    },
  };
  await red.use(catalogueOf(CATALOGUE));
  return bench;
}
