import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import { parse } from 'yaml';
import type { Log } from '../kernel/log.ts';
import { NotificationSettings } from '../services/notification/settings.ts';

const settings = Compile(NotificationSettings);

/** Ways out a centre configured in `<data>/notification.yaml`. A wrong file is reported and nothing of it is used. */
export function readNotificationSettings(dataFolder: string, log: Log): NotificationSettings {
  const file = join(dataFolder, 'notification.yaml');
  if (!existsSync(file)) return {};
  const content: unknown = parse(readFileSync(file, 'utf8'));
  if (settings.Check(content)) return content;
  log.error({ at: settings.Errors(content).map(({ instancePath }) => instancePath || '/') }, 'notification.yaml refused');
  return {};
}
