import { alertTopic } from '#contract/topics/alert.ts';
import { cameraTopic } from '#contract/topics/camera.ts';
import { feedbackTopic } from '#contract/topics/feedback.ts';
import { handlingRequestTopic } from '#contract/topics/handlingRequest.ts';
import { assignmentTopic, documentTopic, dossierTopic, indicatorTopic, outreachTopic, securityEventTopic } from '#contract/topics/record.ts';
import { sensorTopic, trafficTopic, vehicleTopic } from '#contract/topics/telemetry.ts';

/** Every topic of the door, by its name on the wire. */
export const TOPICS = {
  alert: alertTopic,
  feedback: feedbackTopic,
  camera: cameraTopic,
  traffic: trafficTopic,
  vehicle: vehicleTopic,
  sensor: sensorTopic,
  indicator: indicatorTopic,
  dossier: dossierTopic,
  'handling-request': handlingRequestTopic,
  assignment: assignmentTopic,
  document: documentTopic,
  outreach: outreachTopic,
  'security-event': securityEventTopic,
} as const;

export type TopicName = keyof typeof TOPICS;

/** Topics with sequence numbers, in a fixed order. */
export const LOGGED_TOPICS = (Object.keys(TOPICS) as TopicName[]).filter((name) => TOPICS[name].delivery === 'logged');
export type LoggedTopic = { [N in TopicName]: (typeof TOPICS)[N]['delivery'] extends 'logged' ? N : never }[TopicName];

/** Narrows a name from outside to a topic. */
export const isTopic = (name: string): name is TopicName => Object.hasOwn(TOPICS, name);
