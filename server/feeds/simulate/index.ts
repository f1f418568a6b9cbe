import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import type { FeedKind } from '../../domain/ports/feeds.ts';
import { loadGeo } from '../../../geo/readData.ts';
import { openCursor } from './cursor.ts';
import { createPulse } from './pulse.ts';
import { createSampleCity, type SampleCity } from './sampleCity.ts';

const Settings = Closed({
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Share of the usual number of vehicles. */
  vehicleShare: Type.Optional(Type.Number({ minimum: 0.1, maximum: 6 })),
  /** Units: seconds of domain time between two alerts, between two reports of citizens. */
  alertEveryS: Type.Optional(Type.Number({ minimum: 5, maximum: 3600 })),
  feedbackEveryS: Type.Optional(Type.Number({ minimum: 5, maximum: 3600 })),
});
type Settings = Static<typeof Settings>;

const PULSE_MS = 1000;
/** The customer's own map lies in the data folder, two floors above the folder of a feed. */
const OWN_MAP = join('..', '..', 'geo');

/** The sample city: vehicles, speeds, alerts, reports, sensors, cameras and figures, all of them simulated. */
export const feed: FeedKind<Settings> = {
  name: 'simulate',
  settings: Settings,
  prepare({ random, folder }, { vehicleShare = 1, alertEveryS = 90, feedbackEveryS = 40 }) {
    const scale = { vehicleShare, alertEveryMs: alertEveryS * 1000, feedbackEveryMs: feedbackEveryS * 1000 };
    return createSampleCity(loadGeo(join(folder, OWN_MAP)), random, scale, () => turn());
  },
  async create(deps, settings, prepared) {
    const { name = 'Thành phố mẫu' } = settings;
    const city = (prepared ?? (await feed.prepare!(deps, settings))) as SampleCity;
    const pulse = createPulse({ ...deps, name, city, cursorFile: openCursor(deps.folder, deps.log) });
    let beating: Promise<void> = Promise.resolve();
    let isBusy = false;
    const timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      beating = pulse
        .beat()
        .catch((error: unknown) => deps.log.error({ error: String(error) }, 'the sample city stumbled'))
        .finally(() => (isBusy = false));
    }, PULSE_MS);
    return {
      health: () => pulse.health(),
      async close() {
        clearInterval(timer);
        await beating;
      },
    };
  },
};
