import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { gaugeLevel } from '#contract/boards/gauges.ts';
import type { AlertMark, CameraMark, FeedbackMark, SensorMark } from '../../map/index.ts';

const OPEN_FEEDBACK = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);

/** Alerts that still need someone and have a place; shelved and joined ones stay off the map, and those of other kinds than a scene asks for. */
export function alertMarks(alerts: readonly AlertState[], now: number, kinds?: readonly string[]): AlertMark[] {
  return alerts.flatMap(({ id, kind, level, position, area, state, shelvedUntil, duplicateOf }) => {
    const isOver = ['resolved', 'verified', 'closed'].includes(state);
    if (!position || isOver || (kinds && !kinds.includes(kind)) || duplicateOf !== null || (shelvedUntil ?? 0) > now) return [];
    return [{ id, level, position, area, isAcknowledged: state !== 'raised' }];
  });
}

export function feedbackMarks(feedback: readonly FeedbackState[], now: number): FeedbackMark[] {
  return feedback.flatMap(({ id, position, state, dueAt, duplicateOf }) =>
    position && OPEN_FEEDBACK.has(state) && duplicateOf === null ? [{ id, position, isOverdue: dueAt < now }] : [],
  );
}

export const cameraMarks = (cameras: readonly CameraState[]): CameraMark[] =>
  cameras.map(({ id, name, position, azimuth, fieldOfView, rangeM }) => ({ id, name, position, azimuth, fieldOfView, rangeM }));

/** Sensors of the kinds a scene asks for, each kind a layer of its own; else all, where a quiet kind is left out until it passes its bounds. */
export function sensorMarks(sensors: readonly SensorState[], number: (value: number, digits: number) => string, kinds?: readonly string[]): SensorMark[] {
  return sensors.flatMap((sensor) => {
    const { ref, position, value, unitOfMeasure, kind, bounds } = sensor;
    const level = gaugeLevel(sensor);
    const isShown = kinds ? kinds.includes(kind) : !bounds?.isQuiet || level !== 'normal';
    return position && isShown ? [{ id: ref, position, label: `${number(value, Number.isInteger(value) ? 0 : 1)} ${unitOfMeasure}`, level }] : [];
  });
}
