import { alertTopic } from '#contract/topics/alert.ts';
import { cameraTopic } from '#contract/topics/camera.ts';
import { campaignTopic } from '#contract/topics/campaign.ts';
import { caseTopic } from '#contract/topics/case.ts';
import { directiveTopic } from '#contract/topics/directive.ts';
import { feedbackTopic } from '#contract/topics/feedback.ts';
import { handlingRequestTopic } from '#contract/topics/handlingRequest.ts';
import { assignmentTopic, documentTopic, dossierTopic, indicatorTopic, outreachTopic, securityEventTopic } from '#contract/topics/record.ts';
import { redStatusTopic } from '#contract/topics/redStatus.ts';
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

/** Topics that the product writes itself: joined like the others, closed to the door. */
export const OWN_TOPICS = { case: caseTopic, 'red-status': redStatusTopic, directive: directiveTopic, campaign: campaignTopic } as const;

/** Every topic that can be joined. */
export const ALL_TOPICS = { ...TOPICS, ...OWN_TOPICS } as const;
export type JoinableTopic = keyof typeof ALL_TOPICS;

/** Topics with sequence numbers, in a fixed order. */
export const LOGGED_TOPICS = (Object.keys(ALL_TOPICS) as JoinableTopic[]).filter((name) => ALL_TOPICS[name].delivery === 'logged') as LoggedTopic[];
export type LoggedTopic = { [N in JoinableTopic]: (typeof ALL_TOPICS)[N]['delivery'] extends 'logged' ? N : never }[JoinableTopic];

/** Logged topics that a source may send. */
export type DoorTopic = LoggedTopic & TopicName;
export const DOOR_TOPICS = LOGGED_TOPICS.filter((name): name is DoorTopic => Object.hasOwn(TOPICS, name));

/** Narrows a name from outside to a topic of the door. */
export const isTopic = (name: string): name is TopicName => Object.hasOwn(TOPICS, name);

/** Narrows a name from outside to a topic that can be joined. */
export const isJoinable = (name: string): name is JoinableTopic => Object.hasOwn(ALL_TOPICS, name);
