import type { GeoData, WardFile } from '../../geo/readData.ts';
import type { DoorWitness } from '../domain/door/doorStore.ts';
import type { DoorPort } from '../domain/ports/door.ts';
import type { Units } from '../domain/units/units.ts';
import { createUnitNames } from '../domain/units/unitNames.ts';
import type { NoticeWays } from '../domain/ports/notices.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createAssignmentImport } from '../store/assignment-import/assignmentImport.ts';
import { createDirectives } from '../store/directives/directives.ts';
import type { Engine } from '../store/engine/engine.ts';
import { createEscalations } from '../store/escalation/escalations.ts';
import { createGoals } from '../store/goals/goals.ts';
import { createOrganisation } from '../store/organisation/organisation.ts';
import { createIndicatorImports } from '../store/indicator-import/imports.ts';
import { createQuality } from '../store/quality/quality.ts';
import { createAnswering } from '../store/red/answering.ts';
import { createRedReads } from '../store/red/reads.ts';
import { createRegister } from '../store/register/register.ts';
import type { RedEngine } from '../store/red/red.ts';
import { loadDataSets } from './catalogue.ts';

/** Provinces whose outlines come with the product. */
const WARD_FILE_OF: Readonly<Record<string, WardFile>> = { 48: 'da-nang', 51: 'quang-ngai', 66: 'dak-lak' };

export interface RedWorkDeps {
  root: string;
  engine: Engine;
  clock: Clock;
  log: Log;
  life: Lifecycle;
  units: Units;
  geo: Pick<GeoData, 'groups' | 'wards'>;
  door: DoorPort;
  red: RedEngine;
  witness: DoorWitness;
  ways: NoticeWays;
}

/** Everything that stands on ĐỎ: its reads, directives and campaigns, values that people bring in. */
export async function createRedWork({ root, life, witness, geo, ...deps }: RedWorkDeps) {
  const { units } = deps;
  const dataSets = loadDataSets(root);
  const names = createUnitNames(units.all());
  const wardsOf = (province: string) => (Object.hasOwn(WARD_FILE_OF, province) ? geo.wards(WARD_FILE_OF[province]!) : undefined);
  return {
    red: createRedReads({ ...deps, dataSets }),
    organisation: createOrganisation({ ...deps, former: geo.groups(), dataSets, wardsOf }),
    quality: life.add('quality', createQuality(deps)),
    register: createRegister(deps),
    directives: life.add('directives', createDirectives(deps)),
    escalations: life.add('escalations', createEscalations(deps)),
    goals: createGoals(deps),
    people: createAnswering(deps),
    assignmentImport: createAssignmentImport({ ...deps, names }),
    indicatorImports: life.add('indicator-imports', await createIndicatorImports({ ...deps, names, witness })),
  };
}
