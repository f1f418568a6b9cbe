import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealClock } from '../../../kernel/clock.ts';
import { createLog } from '../../../kernel/log.ts';
import { templateFolder } from '../testEngines.ts';
import { createEmbeddedEngine } from './embedded.ts';

const WRITER = fileURLToPath(new URL('./fixtures/writer.ts', import.meta.url));
const ROUNDS = [17, 60, 143];

describe('embedded store under kill -9', () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'tc-crash-'));
  });
  afterAll(() => rm(dataFolder, { recursive: true, force: true }));

  const open = () =>
    createEmbeddedEngine({ dataFolder, templateFolder: templateFolder(), log: createLog('silent'), clock: createRealClock(), keepsSnapshots: false });

  /** Lets another process write until `writes` are acknowledged, then kills it in the middle of its work. */
  async function writeAndKill(first: number, writes: number): Promise<number> {
    const child = spawn(process.execPath, [WRITER, dataFolder, templateFolder(), String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    let last = first - 1;
    for await (const line of createInterface(child.stdout)) {
      last = Number(line);
      if (last === first + writes) child.kill('SIGKILL');
    }
    await exited;
    return last;
  }

  it(`keeps every acknowledged row over ${ROUNDS.length} kills`, async () => {
    let acknowledged = 0;
    for (const writes of ROUNDS) {
      acknowledged = await writeAndKill(acknowledged + 2, writes);
      const engine = await open();
      const [row] = await engine.query<{ rows: number; tally: number; last: number }>(
        'select count(*) as rows, max(id) as last, (select n from tally) as tally from ack',
      );
      await engine.close();
      expect(row!.last).toBeGreaterThanOrEqual(acknowledged);
      expect(row!.last).toBeLessThanOrEqual(acknowledged + 1);
      expect(row!.tally).toBe(row!.rows);
      acknowledged = row!.last;
    }
  }, 240_000);

  it('refuses a second process within two seconds and says why', async () => {
    const engine = await open();
    const child = spawn(process.execPath, [WRITER, dataFolder, templateFolder(), '100000'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const startedAt = performance.now();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(code).not.toBe(0);
    expect(said).toContain('is in use by another process');
    await expect(open()).rejects.toThrow('is in use by another process');
    expect(await engine.query('select 1 as one')).toEqual([{ one: 1 }]);
    await engine.close();
  });
});
