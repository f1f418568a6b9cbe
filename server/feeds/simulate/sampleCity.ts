import type { TopicName } from '#contract/topics.ts';
import type { Random } from '../../kernel/random.ts';
import type { GeoData } from '../../../geo/readData.ts';
import { camerasOf } from './cameras.ts';
import { createCity } from './city.ts';
import { createCitizens } from './feedback.ts';
import { createFleet } from './fleet.ts';
import { createIncidents, LONGEST_LIFE_MS } from './incidents.ts';
import { createRegister } from './register.ts';
import { createSensors } from './sensors.ts';
import { createStory, type Gap } from './story.ts';
import { createStreetNet } from './streetNet.ts';
import { createTraffic } from './traffic.ts';
import { createWeather } from './weather.ts';
import type { Cursor } from './cursor.ts';

/** Items of one topic, in the order in which they must be sent. */
export interface Batch {
  topic: TopicName;
  items: readonly object[];
}

/** How large and how busy the sample city is. */
export interface CityScale {
  vehicleShare: number;
  alertEveryMs: number;
  feedbackEveryMs: number;
}

/** Everything the sample city says, as a function of the seed and the moment. */
export interface SampleCity {
  /** Telemetry of a moment; traffic goes out in ten shares. Units: epoch ms, whole seconds since the epoch. */
  telemetry(at: number, second: number): Batch[];
  /** Events of a first start, and where the cursor then stands. */
  opening(at: number): { batches: Batch[]; cursor: Cursor };
  /** Events since the cursor, and where it then stands. */
  events(cursor: Cursor, at: number): { batches: Batch[]; cursor: Cursor };
}

const TRAFFIC_SHARES = 10;
const SENSORS_EVERY_S = 30;
/** Events of a longer silence are not told afterwards: the city was off. */
const CATCH_UP_MS = 10 * 60_000;

const batch = (topic: TopicName, items: readonly object[]): Batch[] => (items.length > 0 ? [{ topic, items }] : []);

/** Builds the city from the map. `pause` lets the server breathe while tours are planned. */
export async function createSampleCity(geo: GeoData, random: Random, scale: CityScale, pause: () => Promise<void>): Promise<SampleCity> {
  const tag = random.fork('tag').below(0x10000).toString(16).padStart(4, '0');
  const city = createCity(geo);
  const weather = createWeather(random.fork('weather'));
  const incidents = createIncidents(city, weather, random.fork('incidents'), scale.alertEveryMs);
  const cameras = camerasOf(city, random.fork('cameras'));
  const story = createStory(incidents, tag, cameras.map(({ ref, key, position }) => ({ key: ref ?? key, position })));
  const citizens = createCitizens(city, tag, random.fork('citizens'), scale.feedbackEveryMs);
  const register = createRegister(tag, random.fork('register'));
  const sensors = createSensors(weather, random.fork('sensors'));
  const traffic = createTraffic(geo.roads(), incidents, random.fork('traffic'));
  const fleet = await createFleet(createStreetNet(geo.roads()), geo.junctions(), incidents, random.fork('fleet'), scale.vehicleShare, pause);

  const registered = (rows: ReturnType<typeof register.between>): Batch[] =>
    (['indicator', 'dossier', 'assignment'] as const).flatMap((topic) => batch(topic, rows.filter((row) => row.topic === topic).map(({ item }) => item)));
  const live = (gaps: readonly Gap[], at: number) => gaps.filter(({ to }) => to >= incidents.slotOf(at - 2 * LONGEST_LIFE_MS));

  return {
    telemetry(at, second) {
      return [
        ...batch('vehicle', fleet.at(at)),
        ...batch('traffic', traffic.at(at, second % TRAFFIC_SHARES, TRAFFIC_SHARES)),
        ...batch('sensor', second % SENSORS_EVERY_S === 0 ? sensors(at) : []),
      ];
    },
    opening(at) {
      return {
        batches: [
          ...batch('camera', cameras),
          ...batch('alert', story.opening(at)),
          ...batch('feedback', citizens.opening(at)),
          ...batch('sensor', sensors(at)),
          ...registered(register.opening(at)),
        ],
        cursor: { firstAt: at, toldUntil: at, isOpened: true, gaps: story.gapsBefore(at, -1) },
      };
    },
    events(cursor, at) {
      const { toldUntil } = cursor;
      const wasOff = at - toldUntil > CATCH_UP_MS;
      const gaps = wasOff ? [...cursor.gaps, ...story.gapsBefore(at, toldUntil)] : cursor.gaps;
      return {
        batches: [
          ...batch('alert', [...story.between(toldUntil, at, gaps), ...(wasOff ? story.opening(at).filter((item) => item.at <= toldUntil) : [])]),
          ...batch('feedback', citizens.between(wasOff ? at - CATCH_UP_MS : toldUntil, at)),
          ...registered(register.between(toldUntil, at)),
        ],
        cursor: { ...cursor, toldUntil: at, gaps: live(gaps, at) },
      };
    },
  };
}
