import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { AlertMark, CameraMark, FeedbackMark, SensorMark } from '../../map/index.ts';

const OPEN_FEEDBACK = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);

/** Alerts that still need someone and have a place; shelved and joined ones stay off the map. */
export function alertMarks(alerts: readonly AlertState[], now: number): AlertMark[] {
  return alerts.flatMap(({ id, level, position, area, state, shelvedUntil, duplicateOf }) => {
    const isOver = ['resolved', 'verified', 'closed'].includes(state);
    if (!position || isOver || duplicateOf !== null || (shelvedUntil ?? 0) > now) return [];
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

export function sensorMarks(sensors: readonly SensorState[], number: (value: number, digits: number) => string): SensorMark[] {
  return sensors.flatMap(({ ref, position, value, unitOfMeasure }) =>
    position ? [{ id: ref, position, label: `${number(value, Number.isInteger(value) ? 0 : 1)} ${unitOfMeasure}`, isAbnormal: false }] : [],
  );
}
