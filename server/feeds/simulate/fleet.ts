import type { VehicleItem } from '#contract/topics/telemetry.ts';
import type { Random } from '../../kernel/random.ts';
import type { Junction } from '../../../geo/places.ts';
import { drivenS, paceAt } from './dayCurve.ts';
import { createHolds } from './holds.ts';
import type { Incidents } from './incidents.ts';
import manners from './manners.json' with { type: 'json' };
import { createPathFinder } from './shortestPath.ts';
import type { StreetNet } from './streetNet.ts';
import { placeOnTour, planTour, type Tour } from './tour.ts';

type Kind = keyof typeof manners;

interface Vehicle {
  ref: string;
  kind: Kind;
  tour: Tour;
  phaseS: number;
}

/** Every vehicle of the sample city: where it is depends on the seed and the moment alone. */
export interface Fleet {
  size: number;
  /** Units: epoch ms. */
  at(moment: number): VehicleItem[];
}

const OUTER_SHARE = 0.45;
const SIGNAL_REACH = 0.0003;
const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** Plans the tours, a few at a time: `pause` gives the rest of the server its turn. `share` scales the number of vehicles. */
export async function createFleet(net: StreetNet, junctions: readonly Junction[], incidents: Pick<Incidents, 'activeAt'>, random: Random, share: number, pause: () => Promise<void>): Promise<Fleet> {
  const signals = signalNodes(net, junctions);
  const paths = createPathFinder(net);
  const vehicles: Vehicle[] = [];
  for (const kind of Object.keys(manners) as Kind[]) {
    const manner = manners[kind];
    for (let index = 0; index < Math.ceil(manner.count * share); index++) {
      const number = String(index + 1).padStart(3, '0');
      const ref = `${manner.sign}-${number}`;
      const own = random.fork(`${kind}-${number}`);
      const choices = own.next() < OUTER_SHARE ? net.outer : net.surveyed;
      const tour = planTour(paths, choices, manner, signals, own);
      if (tour.roundS > 60) vehicles.push({ ref, kind, tour, phaseS: own.next() * tour.roundS });
      if (vehicles.length % 12 === 0) await pause();
    }
  }
  const holds = createHolds(vehicles.map(({ tour }) => tour), incidents);
  return {
    size: vehicles.length,
    at(moment) {
      const driven = drivenS(moment);
      const pace = paceAt(moment);
      const heldOf = holds.at(moment);
      return vehicles.map(({ ref, kind, tour, phaseS }, index) => {
        const second = phaseS + driven;
        const held = heldOf(index, second);
        const { position, speed, headingDeg } = placeOnTour(tour, second - held.behindS);
        return {
          key: `${ref}@${moment}`, ref, at: moment, kind, provenance: 'simulated',
          position: [round(position[0], 6), round(position[1], 6)],
          speedKmh: round(speed * 3.6 * pace * held.pace, 1),
          headingDeg: round(headingDeg, 0),
        };
      });
    },
  };
}

function signalNodes(net: StreetNet, junctions: readonly Junction[]): Set<number> {
  const lit = junctions.filter(({ hasSignals }) => hasSignals);
  const isNear = (node: number) => {
    const [lon, lat] = net.roads.nodes[node]!;
    return lit.some(({ position }) => Math.abs(position[0] - lon) < SIGNAL_REACH && Math.abs(position[1] - lat) < SIGNAL_REACH);
  };
  return new Set([...net.leaving.keys()].filter(isNear));
}
