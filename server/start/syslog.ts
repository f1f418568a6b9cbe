import { hostname } from 'node:os';
import { connect, type TLSSocket } from 'node:tls';
import type { AuditLine } from '../domain/account/audit.ts';
import type { SecuritySettings, SecurityState } from '#contract/security.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';

const LOOK_MS = 2000;
const BATCH = 500;
/** Facility 13 (log audit); a refusal is a warning, all else a notice. */
const FACILITY = 13;
const [WARNING, NOTICE] = [4, 5];
const WARNS = /refuse|revoke|disable|reset/;

const escaped = (value: string) => value.replace(/["\\\]]/g, (letter) => `\\${letter}`);

/** One line of the audit log in the form of RFC 5424, counted by octets as RFC 5425 wants it over TLS. */
export function syslogFrame({ n, at, actor, action, object }: AuditLine, host: string): Buffer {
  const priority = FACILITY * 8 + (WARNS.test(action) ? WARNING : NOTICE);
  const fields = `[ioc@32473 n="${n}" actor="${escaped(actor)}" action="${escaped(action)}" object="${escaped(object)}"]`;
  const message = Buffer.from(`<${priority}>1 ${new Date(at).toISOString()} ${host} toan-canh - ${action.slice(0, 32).replace(/[^\x21-\x7e]/g, '')} ${fields} \uFEFF${action} ${object}`, 'utf8');
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

export interface Syslog extends Closable {
  state(): SecurityState['syslog'];
}

/** Sends every line of the audit log to where the settings say, in order and at least once while this process lives. */
export function createSyslog(deps: { settings(): Promise<SecuritySettings>; linesAfter(n: number, limit: number): Promise<AuditLine[]>; newest(): Promise<number>; log: Log }): Syslog {
  const { settings, linesAfter, newest, log } = deps;
  let socket: TLSSocket | undefined;
  let target = '';
  let sent: number | undefined;
  let state: SecurityState['syslog'] = 'off';
  let running: Promise<void> | undefined;

  const drop = () => {
    socket?.destroy();
    socket = undefined;
  };
  const open = async ({ host, port, ca }: NonNullable<SecuritySettings['syslog']>) => {
    if (socket && !socket.destroyed) return socket;
    const fresh = connect({ host, port, servername: /^[\d.:]+$/.test(host) ? '' : host, ...(ca ? { ca } : {}) });
    await new Promise<void>((resolve, reject) => fresh.setTimeout(5000, () => fresh.destroy(new Error('no answer'))).once('secureConnect', resolve).once('error', reject));
    fresh.setTimeout(0);
    fresh.on('error', drop);
    fresh.on('close', drop);
    socket = fresh;
    return fresh;
  };
  const look = async () => {
    sent ??= await newest();
    const { syslog } = await settings();
    const name = JSON.stringify(syslog);
    if (name !== target) drop();
    target = name;
    if (syslog === null) {
      sent = await newest();
      state = 'off';
      return;
    }
    const lines = await linesAfter(sent, BATCH);
    if (lines.length === 0 && socket) return;
    const line = await open(syslog);
    const host = hostname().replace(/[^\x21-\x7e]/g, '') || '-';
    await new Promise<void>((resolve, reject) => line.write(Buffer.concat(lines.map((one) => syslogFrame(one, host))), (error) => (error ? reject(error) : resolve())));
    sent = lines.at(-1)?.n ?? sent;
    state = 'sending';
  };
  const timer = setInterval(() => {
    running ??= look()
      .catch((error: unknown) => {
        if (state !== 'failing') log.warn({ error: String(error) }, 'the syslog server does not take audit lines');
        state = 'failing';
        drop();
      })
      .finally(() => (running = undefined));
  }, LOOK_MS);
  timer.unref();
  return {
    state: () => state,
    async close() {
      clearInterval(timer);
      await running;
      drop();
    },
  };
}
