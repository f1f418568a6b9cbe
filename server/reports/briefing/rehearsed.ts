import type { PastWall } from '#contract/past.ts';
import type { Scenario } from '#contract/scenario.ts';
import type { SensorBounds, SensorState } from '#contract/topics/telemetry.ts';
import type { Story } from '#contract/wall.ts';
import { planOf } from '../../domain/scenario/plan.ts';

type Reading = Pick<SensorState, 'kind' | 'value' | 'unitOfMeasure'> & { name?: string };

/** When a run came to a moment of its own clock, as the lines of its wall tell; undefined when it had not by `until`. */
function reachedAt(lines: readonly { at: number; story: Story }[], atMs: number, until: number): number | undefined {
  for (const [index, { at, story }] of lines.entries()) {
    const end = Math.min(lines[index + 1]?.at ?? until, until);
    if (story.atMs >= atMs) return at;
    const passedAt = story.rate > 0 ? story.sinceAt + (atMs - story.atMs) / story.rate : Infinity;
    if (passedAt <= end) return Math.max(at, Math.round(passedAt));
  }
  return undefined;
}

/** What the sensors of a rehearsal said at a moment. They enter no history; the scenario and the wall's own lines tell what was sent until then. */
export function rehearsedSensors(scenario: Scenario, run: string, walls: readonly PastWall[], at: number, boundsOf: (kind: string) => SensorBounds | undefined): SensorState[] {
  const lines = walls.flatMap(({ at: from, state: { story } }) => (story?.run === run && from <= at ? [{ at: from, story }] : [])).sort((a, b) => a.at - b.at);
  const sensors = new Map<string, SensorState>();
  for (const event of planOf(scenario).events) {
    if (event.what !== 'send' || event.sent.topic !== 'sensor') continue;
    const sentAt = reachedAt(lines, event.atMs, at);
    if (sentAt === undefined) continue;
    const { ref, item } = event.sent;
    const { kind, value, unitOfMeasure, name = ref } = item as unknown as Reading;
    const bounds = boundsOf(kind);
    sensors.set(ref, { ref: `${run}.${ref}`, name, kind, value, unitOfMeasure, position: null, unit: null, at: sentAt, provenance: 'simulated', rehearsal: run, ...(bounds ? { bounds } : {}) });
  }
  return [...sensors.values()];
}
