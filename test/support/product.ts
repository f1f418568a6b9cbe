import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';

/** A whole product in a process of its own, as `npm start` runs it. */
export interface Product {
  url: string;
  /** What it printed to stdout so far. */
  printed(): string;
  /** What it logged so far. */
  logged(): string;
  child: ChildProcess;
  /** Milliseconds from the start of the process to the `ready` line. */
  readyAfterMs: number;
  dataFolder: string;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends the process and removes its folder, unless the folder was given. */
  close(): Promise<void>;
}

export interface ProductSettings {
  environment?: Record<string, string>;
  /** Kept on close; a fresh one is made when absent. */
  dataFolder?: string;
  readyWithinMs?: number;
  /** Command and arguments that start the process, as into a namespace with a small disk. */
  launcher?: readonly string[];
  /** Opens the debugger on a free port of loopback. */
  isInspected?: boolean;
  /** The tree it runs from, instead of this one: another version of the product. */
  root?: string;
}

export const ADMIN_PASSWORD = 'Cau-Rong-Phun-Lua-2026';
export const INGEST_KEY = `ioc_e2e_${'k9'.repeat(20)}`;

/** Starts the product and waits for its `ready` line. Fails: throws with its log when it ends or stays silent. */
export async function startProduct(settings: ProductSettings = {}): Promise<Product> {
  const dataFolder = settings.dataFolder ?? mkdtempSync(join(tmpdir(), 'toan-canh-'));
  const startedAt = performance.now();
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'toan-canh-compiled'),
    IOC_PORT: '0',
    IOC_SAMPLE: 'off',
    IOC_DATA: dataFolder,
    IOC_ADMIN_PASSWORD: ADMIN_PASSWORD,
    IOC_INGEST_KEY: INGEST_KEY,
    IOC_TEMPLATE: process.env.IOC_TEMPLATE ?? join(tmpdir(), 'toan-canh-template'),
    ...settings.environment,
  };
  const [command = '', ...args] = [...(settings.launcher ?? []), process.execPath, '--disable-warning=ExperimentalWarning', ...(settings.isInspected ? ['--inspect=127.0.0.1:0'] : []), 'server/main.ts'];
  const child = spawn(command, args, { cwd: settings.root ?? ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready in time\n${out}\n${err}`));
    }, settings.readyWithinMs ?? 240_000);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const ready = /^ready (\S+)$/m.exec(out);
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready[1]!);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}\n${out}\n${err}`));
    });
  });
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url,
    printed: () => out,
    logged: () => err,
    child,
    readyAfterMs: performance.now() - startedAt,
    dataFolder,
    kill,
    async close() {
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await kill('SIGTERM');
      clearTimeout(timer);
      if (settings.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
