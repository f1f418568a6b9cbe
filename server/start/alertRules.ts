import type { RoadSegment } from '../../geo/streets.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import type { TrafficPort } from '../domain/ports/traffic.ts';
import { createAlertRules, type RuleEngine, type RulesDeps } from '../store/rules/rules.ts';

type Deps = Omit<RulesDeps, 'present' | 'segmentsOf'> & { telemetry: Pick<TelemetryPort, 'sensors'>; traffic: TrafficPort; segments: readonly RoadSegment[] };

/** Gives the rules their eyes: sensors, streets against their typical hour, and which streets are of a class. */
export function openAlertRules({ telemetry, traffic, segments, ...deps }: Deps): Promise<RuleEngine> {
  const classes = new Map(segments.map(({ id, class: kind }) => [id, kind]));
  return createAlertRules({
    ...deps,
    present: { sensors: telemetry.sensors, streets: traffic.streets, classOf: (segment) => classes.get(segment) ?? null },
    segmentsOf: (subject) => (subject.of === 'traffic' ? segments.filter(({ class: kind }) => subject.roadClass === undefined || kind === subject.roadClass).map(({ id }) => id) : []),
  });
}
