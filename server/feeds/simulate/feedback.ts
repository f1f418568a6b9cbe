import type { FeedbackItem } from '#contract/topics/feedback.ts';
import type { Random } from '../../kernel/random.ts';
import { feedbackServices } from '../../domain/feedback/services.ts';
import { destination } from '../../../geo/distance.ts';
import { middle, type City } from './city.ts';
import { hourOfDay } from './dayCurve.ts';
import texts from './feedback.vi.json' with { type: 'json' };
import { inSentence } from './streetName.ts';

const DAY_MS = 86_400_000;
const OPENING_DAYS = 10;
const OPENING_COUNT = 64;
const TEXTS = new Map<string, readonly string[]>(Object.entries(texts));
const CORE_SHARE = 0.6;
const ALLEY_SHARE = 0.2;

const isAlley = (name: string) => /^(Kiệt|Hẻm)/u.test(name);

/** Reports of the citizens of the sample city. */
export interface Citizens {
  /** What lies on the desk when the sample city first opens: the last ten days, some of it overdue. */
  opening(firstAt: number): FeedbackItem[];
  /** Reports made after `from` and not after `to`. */
  between(from: number, to: number): FeedbackItem[];
}

/** Reports in the published mix of services, about one per `everyMs` by day and fewer at night. */
export function createCitizens(city: City, tag: string, random: Random, everyMs: number): Citizens {
  const alleys = [...city.streets.keys()].filter(isAlley);
  const streets = [...city.streets.keys()].filter((name) => !isAlley(name));
  const services = feedbackServices.filter(({ code }) => TEXTS.has(code));
  const total = services.reduce((sum, { share }) => sum + share, 0);

  const serviceFor = (own: Random): string => {
    let left = own.next() * total;
    return (services.find(({ share }) => (left -= share) < 0) ?? services[0]!).code;
  };
  const report = (key: string, at: number, own: Random): FeedbackItem => {
    const service = serviceFor(own);
    const name = own.pick(own.next() < ALLEY_SHARE && alleys.length > 0 ? alleys : streets);
    const segments = city.streets.get(name)!;
    const segment = own.pick(own.next() < CORE_SHARE ? segments.filter(({ isApprox }) => !isApprox).concat(segments) : segments);
    const [lon, lat] = destination(middle(segment), own.next() * 360, 4 + own.next() * 16);
    const ward = city.wardAt([lon, lat])?.fullName;
    const street = inSentence(name);
    const number = /^(đường|kiệt)/u.test(street) ? `Gần số ${1 + own.below(isAlley(name) ? 60 : 320)} ` : 'Khu vực ';
    const address = `${number}${street}${ward ? `, ${ward.replace(/^\p{Lu}/u, (letter) => letter.toLocaleLowerCase('vi'))}` : ''}`;
    return {
      key, at, provenance: 'simulated', service, address,
      description: own.pick(TEXTS.get(service)!).replace('{street}', street).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi')),
      position: [Number(lon.toFixed(6)), Number(lat.toFixed(6))],
    };
  };
  return {
    opening(firstAt) {
      return Array.from({ length: OPENING_COUNT }, (_, i) => {
        const own = random.fork(`opening-${i}`);
        const back = (own.next() ** 2.6 * OPENING_DAYS + 0.01) * DAY_MS;
        return report(`feedback-${tag}-opening-${i}`, Math.floor(firstAt - back), own);
      });
    },
    between(from, to) {
      const found: FeedbackItem[] = [];
      for (let slot = Math.floor(from / everyMs); slot <= Math.floor(to / everyMs); slot++) {
        const own = random.fork(`slot-${slot}`);
        const at = Math.floor((slot + own.next()) * everyMs);
        if (at <= from || at > to || own.next() > awakeAt(at)) continue;
        found.push(report(`feedback-${tag}-${slot}`, at, own));
      }
      return found;
    },
  };
}

/** Share of people who are up and may report something. */
function awakeAt(at: number): number {
  const hour = hourOfDay(at);
  return hour >= 6 && hour < 22 ? 0.95 : 0.25;
}
