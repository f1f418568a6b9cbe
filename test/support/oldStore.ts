import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/kernel/config.ts';
import { openStore } from '../../server/start/openStore.ts';
import { appendAudit } from '../../server/store/accounts/audit.ts';
import { ROOT } from '../house/tree.ts';

const YEARS_AGO_MS = 3 * 365 * 86_400_000;

/** A store that was in use years ago, as a folder to start the product on: lines of the audit log that are past their keeping. */
export async function makeOldStore(dataFolder: string, lines: number): Promise<void> {
  const answer = readConfig({ IOC_DATA: dataFolder, IOC_TEMPLATE: process.env.IOC_TEMPLATE ?? join(tmpdir(), 'toan-canh-template'), IOC_LOG: 'silent' }, ROOT);
  if ('problems' in answer) throw new Error(answer.problems.join('\n'));
  const engine = await openStore(answer.config);
  try {
    await engine.tx(async (tx) => {
      for (let n = 0; n < lines; n += 1) await appendAudit(tx, { actor: 'ac-9', action: 'alert.acknowledge', object: `al-${n}`, at: Date.now() - YEARS_AGO_MS + n });
    });
  } finally {
    await engine.close();
  }
}
