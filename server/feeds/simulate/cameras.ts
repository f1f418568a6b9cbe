import { hash } from 'node:crypto';
import type { CameraItem } from '#contract/topics/camera.ts';
import type { Random } from '../../kernel/random.ts';
import { bearingDeg, distanceM } from '../../../geo/distance.ts';
import type { Position } from '../../../geo/position.ts';
import type { City } from './city.ts';
import words from './cameras.json' with { type: 'json' };

/** Cameras were there before the sample city began, whatever its clock says. */
const INSTALLED_AT = Date.UTC(2020, 0, 1);

interface Site {
  id: string;
  name: string;
  position: Position;
}

/** Cameras at the named crossings, bridges and markets, each looking along a street. */
export function camerasOf(city: City, random: Random): CameraItem[] {
  return sitesOf(city).map((site, index) => {
    const own = random.fork(site.id);
    const ref = `camera-${site.id}`;
    const unit = city.wardAt(site.position)?.code;
    const camera = {
      ref, at: INSTALLED_AT, provenance: 'simulated' as const,
      name: site.name.replace(/^Nút /u, 'Nút giao '),
      position: site.position,
      azimuth: Math.round(bearingAlong(city, site.position, own)),
      fieldOfView: own.pick(words.fieldsOfView),
      rangeM: own.pick(words.rangesM),
      kind: words.kind,
      purpose: words.purpose,
      noticePosted: true,
      retentionDays: words.retentionDays,
      streams: [{ role: 'sub' as const, kind: 'loop' as const, url: sceneOf(site.name.replace(/^Nút /u, ''), index) }],
      ...(unit ? { unit } : {}),
    };
    return { key: `${ref}-${hash('sha256', JSON.stringify(camera)).slice(0, 8)}`, ...camera };
  });
}

function sitesOf(city: City): Site[] {
  const places = city.places.filter((place) => words.placeClasses.includes(place.class) && /^(Cầu|Chợ) /u.test(place.name));
  const all: Site[] = [...city.junctions.filter(({ hasSignals }) => hasSignals), ...places, ...city.junctions];
  const chosen: Site[] = [];
  for (const site of all) {
    if (chosen.length < words.most && chosen.every((other) => distanceM(other.position, site.position) >= words.spacingM)) chosen.push(site);
  }
  return chosen;
}

function bearingAlong(city: City, position: Position, random: Random): number {
  const { line } = city.segmentNear(position);
  const [first, last] = [line[0]!, line.at(-1)!];
  return random.next() < 0.5 ? bearingDeg(first, last) : bearingDeg(last, first);
}

function sceneOf(name: string, index: number): string {
  const scene: { streams: string; wet?: string } = words.scenes.find(({ where }) => new RegExp(where, 'u').test(name))!;
  return (index % words.wetEvery === 0 && scene.wet) || scene.streams;
}
