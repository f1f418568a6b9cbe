import type { LoggedTopic } from '#contract/topics.ts';
import { alertTable } from './alert.ts';
import { cameraTable } from './camera.ts';
import { campaignTable } from './campaign.ts';
import { caseTable } from './case.ts';
import { directiveTable } from './directive.ts';
import { feedbackTable } from './feedback.ts';
import { handlingRequestTable } from './handlingRequest.ts';
import { recordTables } from './record.ts';
import { redStatusTable } from './redStatus.ts';
import type { ThingTable } from './thingTable.ts';

/** The table of every logged topic. */
export const THING_TABLES: Readonly<Record<LoggedTopic, ThingTable>> = {
  alert: alertTable as unknown as ThingTable,
  feedback: feedbackTable as unknown as ThingTable,
  camera: cameraTable as unknown as ThingTable,
  'handling-request': handlingRequestTable as unknown as ThingTable,
  case: caseTable as unknown as ThingTable,
  'red-status': redStatusTable as unknown as ThingTable,
  directive: directiveTable as unknown as ThingTable,
  campaign: campaignTable as unknown as ThingTable,
  ...(recordTables as unknown as Record<keyof typeof recordTables, ThingTable>),
};
