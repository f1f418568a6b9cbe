import type { GeoData } from '../../geo/readData.ts';
import type { DoorWitness } from '../domain/door/doorStore.ts';
import type { DoorPort } from '../domain/ports/door.ts';
import type { Units } from '../domain/units/units.ts';
import { createUnitNames } from '../domain/units/unitNames.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Lifecycle } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createDirectives } from '../store/directives/directives.ts';
import type { Engine } from '../store/engine/engine.ts';
import { createIndicatorImports } from '../store/indicator-import/imports.ts';
import { createRedReads } from '../store/red/reads.ts';
import type { RedEngine } from '../store/red/red.ts';
import { loadDataSets } from './catalogue.ts';

export interface RedWorkDeps {
  root: string;
  engine: Engine;
  clock: Clock;
  log: Log;
  life: Lifecycle;
  units: Units;
  geo: Pick<GeoData, 'units' | 'groups'>;
  door: DoorPort;
  red: RedEngine;
  witness: DoorWitness;
}

/** Everything that stands on ĐỎ: its reads, directives and campaigns, values that people bring in. */
export async function createRedWork({ root, life, witness, geo: _geo, ...deps }: RedWorkDeps) {
  const { units } = deps;
  return {
    red: createRedReads({ ...deps, dataSets: loadDataSets(root) }),
    directives: life.add('directives', createDirectives(deps)),
    indicatorImports: life.add('indicator-imports', await createIndicatorImports({ ...deps, names: createUnitNames(units.all()), witness })),
  };
}
