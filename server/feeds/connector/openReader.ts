import { join, relative, resolve } from 'node:path';
import type { ConnectorText } from '#contract/connector.ts';
import type { AskView } from '../../domain/ports/viewAsker.ts';
import { createFilesReader } from './files/filesReader.ts';
import { createFolder } from './files/folder.ts';
import { createSftp } from './files/sftp.ts';
import { createHttpReader } from './http/httpReader.ts';
import { createMqttReader } from './mqtt/mqttReader.ts';
import type { Reader, Secrets } from './reader.ts';
import { createSqlReader } from './sql/sqlReader.ts';

interface Parts {
  dataFolder: string;
  realNow(): number;
  askView: AskView;
  /** A look that stores nothing and disturbs no connection at work. */
  isTrial?: boolean;
}

/** Readies the other side of a declaration; undefined for one that waits to be called. */
export function openReader(text: ConnectorText, secrets: Secrets, { dataFolder, realNow, askView, isTrial = false }: Parts): Reader | undefined {
  const { way } = text;
  switch (way.kind) {
    case 'http':
      return createHttpReader({ ...text, way }, secrets, realNow);
    case 'sftp':
      return createFilesReader(text, way.pattern, createSftp(way, secrets));
    case 'folder':
      return createFilesReader(text, way.pattern, createFolder(folderOf(dataFolder, way.folder)));
    case 'sql':
      return createSqlReader(way, secrets, askView);
    case 'mqtt':
      return createMqttReader({ ...text, way }, secrets, { realNow, isTrial });
    case 'webhook':
      return undefined;
  }
}

/** Where files may be laid inside the data folder; the rest of it, keys and store, is never read by a connector. */
const INSIDE = 'in';

/** A relative folder lies in `<data>/in`; an absolute one is taken as it is unless it leads into the data folder. */
export function folderOf(dataFolder: string, folder: string): string {
  const own = join(dataFolder, INSIDE);
  const wanted = resolve(own, folder);
  const isIn = (outer: string) => !relative(outer, wanted).startsWith('..');
  return isIn(dataFolder) && !isIn(own) ? own : wanted;
}
