import type { HttpDeps } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import type { App } from '../types.ts';
import { accountPageRoutes } from './account.ts';
import { accountRoutes } from './accounts.ts';
import { alertRuleRoutes } from './alertRules.ts';
import { alertLoadRoutes } from './alertLoad.ts';
import { administrationRoutes } from './administration.ts';
import { assignmentImportRoutes } from './assignmentImport.ts';
import { attachmentRoutes } from './attachments.ts';
import { cameraDeviceRoutes } from './cameraDevices.ts';
import { cameraGroupRoutes } from './cameraGroups.ts';
import { connectorRoutes } from './connectors.ts';
import { cameraRoutes } from './cameras.ts';
import { cameraWorkRoutes } from './cameraWork.ts';
import { capRoutes } from './cap.ts';
import { certificateRoutes } from './certificates.ts';
import { clockRoutes } from './clock.ts';
import { collectionRoutes } from './collections.ts';
import { commandRoutes } from './commands.ts';
import { directiveRoutes } from './directives.ts';
import { documentationRoutes } from './documentation.ts';
import { dutyRoutes } from './duty.ts';
import { escalationRoutes } from './escalations.ts';
import { enterRoutes } from './enter.ts';
import { eventReceiverRoutes } from './eventReceivers.ts';
import { exportRoutes } from './export.ts';
import { fileRoutes } from './files.ts';
import { footageRoutes } from './footage.ts';
import { feedbackImportRoutes } from './feedbackImport.ts';
import { geoRoutes } from './geo.ts';
import { goalRoutes } from './goals.ts';
import { handlingRoutes } from './handling.ts';
import { healthRoutes } from './health.ts';
import { indicatorImportRoutes } from './indicatorImports.ts';
import { ingestRoutes } from './ingest.ts';
import { logRoutes } from './log.ts';
import { mediaRoutes } from './media.ts';
import { noticeRoutes } from './notices.ts';
import { noticeChannelRoutes } from './noticeChannels.ts';
import { open311Routes } from './open311.ts';
import { organisationRoutes } from './organisation.ts';
import { pairingRoutes } from './pairing.ts';
import { peopleRoutes } from './people.ts';
import { procedureRoutes } from './procedures.ts';
import { replayRoutes } from './replay.ts';
import { qualityRoutes } from './quality.ts';
import { registerRoutes } from './register.ts';
import { reportRoutes } from './report.ts';
import { redRoutes } from './red.ts';
import { reportsRoutes } from './reports.ts';
import { rolloutRoutes } from './rollout.ts';
import { scenarioRoutes } from './scenarios.ts';
import { screenRoutes } from './screens.ts';
import { securityRoutes } from './security.ts';
import { serviceRoutes } from './services.ts';
import { sessionRoutes } from './session.ts';
import { signInServiceRoutes } from './signInService.ts';
import { systemRoutes } from './system.ts';
import { upkeepRoutes } from './upkeep.ts';
import { telemetryRoutes } from './telemetry.ts';
import { trafficRoutes } from './traffic.ts';
import { wallRoutes } from './walls.ts';

/** What routes stand on: the ports, and the figures of this floor. */
export type RouteDeps = HttpDeps & { metrics: Metrics };

const ROUTES: readonly ((app: App, deps: RouteDeps) => void)[] = [
  healthRoutes,
  systemRoutes,
  upkeepRoutes,
  sessionRoutes,
  accountPageRoutes,
  securityRoutes,
  certificateRoutes,
  signInServiceRoutes,
  enterRoutes,
  pairingRoutes,
  accountRoutes,
  administrationRoutes,
  ingestRoutes,
  connectorRoutes,
  eventReceiverRoutes,
  capRoutes,
  attachmentRoutes,
  logRoutes,
  cameraRoutes,
  cameraWorkRoutes,
  cameraDeviceRoutes,
  cameraGroupRoutes,
  footageRoutes,
  alertLoadRoutes,
  dutyRoutes,
  feedbackImportRoutes,
  alertRuleRoutes,
  trafficRoutes,
  handlingRoutes,
  noticeRoutes,
  noticeChannelRoutes,
  reportRoutes,
  procedureRoutes,
  open311Routes,
  redRoutes,
  indicatorImportRoutes,
  directiveRoutes,
  escalationRoutes,
  goalRoutes,
  peopleRoutes,
  assignmentImportRoutes,
  organisationRoutes,
  qualityRoutes,
  registerRoutes,
  serviceRoutes,
  rolloutRoutes,
  reportsRoutes,
  collectionRoutes,
  replayRoutes,
  wallRoutes,
  fileRoutes,
  scenarioRoutes,
  commandRoutes,
  clockRoutes,
  telemetryRoutes,
  geoRoutes,
  mediaRoutes,
  exportRoutes,
  documentationRoutes,
  screenRoutes,
];

export function addRoutes(app: App, deps: RouteDeps): void {
  for (const add of ROUTES) add(app, deps);
}
