import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { ExportRequest, GuardedExport } from '#contract/security.ts';
import type { Contact } from '#contract/citizen.ts';
import type { GuardedTable } from '../../domain/ports/security.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import type { Seal } from '../topics/seal.ts';
import { appendAudit } from './audit.ts';

const LIFE_MS = 24 * 3_600_000;
const MOST = 200;
const FIELDS = `'ex-' || n as id, what, reason, asked_by as "askedBy", asked_name as "askedName", asked_at as "askedAt", allowed_by as "allowedBy",
  allowed_name as "allowedName", allowed_at as "allowedAt", taken_at as "takenAt", expires_at as "expiresAt"`;
const numberOf = (id: string): number => (/^ex-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(3)) : 0);

type Take = (db: Queryable) => Promise<GuardedTable>;

/** Exports of personal data: one asks with a reason, another allows, the one who asked takes it once. Each step is audited. */
export interface GuardedExports {
  list(): Promise<ExportRequest[]>;
  ask(actor: Principal, what: GuardedExport, reason: string): Promise<Outcome<ExportRequest>>;
  /** Fails: NOT_FOUND, AUTH_TWO_PEOPLE for the one who asked, STATE_STEP. */
  allow(actor: Principal, id: string): Promise<Outcome<ExportRequest>>;
  /** Fails: NOT_FOUND for anyone but the one who asked, AUTH_TWO_PEOPLE while nobody allowed it, STATE_STEP once taken or expired. */
  take(actor: Principal, id: string): Promise<Outcome<GuardedTable>>;
}

export function createGuardedExports({ engine, seal, now }: { engine: Engine; seal: Seal; now(): number }): GuardedExports {
  const contacts: Take = async (db) => {
    const rows = await db.query<{ feedback: number; sealed: Uint8Array }>('select feedback, sealed from feedback_contact where expires_at > $1 order by feedback', [now()]);
    const lines = rows.map(({ feedback, sealed }) => {
      const contact = JSON.parse(seal.open(sealed)) as Contact;
      return [`fb-${feedback}`, contact.name ?? '', contact.phone ?? '', contact.email ?? ''];
    });
    return { header: ['Mã phản ánh', 'Người phản ánh', 'Điện thoại', 'Thư điện tử'], rows: lines };
  };
  const accounts: Take = async (db) => {
    const rows = await db.query<{ login: string; name: string; position: string; roles: string[]; units: string[] | null; disabled: boolean }>(
      'select login, name, position, roles, units, disabled_at is not null as disabled from account order by id',
    );
    return { header: ['Tên đăng nhập', 'Họ và tên', 'Chức vụ', 'Vai trò', 'Đơn vị', 'Đã khóa'], rows: rows.map((row) => [row.login, row.name, row.position, row.roles.join(' '), row.units?.join(' ') ?? '*', row.disabled ? 'x' : '']) };
  };
  const tables: Readonly<Record<GuardedExport, Take>> = { 'feedback-contacts': contacts, accounts };
  const known = async (db: Queryable, id: string) => (await db.query<ExportRequest>(`select ${FIELDS} from export_request where n = $1 for update`, [numberOf(id)]))[0];

  return {
    list: () => engine.query<ExportRequest>(`select ${FIELDS} from export_request order by n desc limit ${MOST}`),
    ask: (actor, what, reason) =>
      engine.tx(async (tx) => {
        if (reason.trim() === '') return refused('STATE_REASON', { pointer: '/reason' });
        const [made] = await tx.query<ExportRequest>(
          `insert into export_request (what, reason, asked_by, asked_name, asked_at, expires_at) values ($1, $2, $3, $4, $5, $6) returning ${FIELDS}`,
          [what, reason.trim(), actor.id, actor.name, now(), now() + LIFE_MS],
        );
        if (!made) throw new Error('an insert gave no row');
        await appendAudit(tx, { actor: actor.id, action: 'export.ask', object: made.id, at: now() });
        return okay(made);
      }),
    allow: (actor, id) =>
      engine.tx(async (tx) => {
        const asked = await known(tx, id);
        if (!asked) return refused('NOT_FOUND');
        if (asked.askedBy === actor.id) return refused('AUTH_TWO_PEOPLE');
        if (asked.allowedAt !== null || now() >= asked.expiresAt) return refused('STATE_STEP');
        const [allowed] = await tx.query<ExportRequest>(`update export_request set allowed_by = $2, allowed_name = $3, allowed_at = $4 where n = $1 returning ${FIELDS}`, [numberOf(id), actor.id, actor.name, now()]);
        await appendAudit(tx, { actor: actor.id, action: 'export.allow', object: id, at: now() });
        return okay(allowed!);
      }),
    take: (actor, id) =>
      engine.tx(async (tx) => {
        const asked = await known(tx, id);
        if (!asked || asked.askedBy !== actor.id) return refused('NOT_FOUND');
        if (asked.allowedAt === null) return refused('AUTH_TWO_PEOPLE');
        if (asked.takenAt !== null || now() >= asked.expiresAt) return refused('STATE_STEP');
        await tx.query('update export_request set taken_at = $2 where n = $1', [numberOf(id), now()]);
        await appendAudit(tx, { actor: actor.id, action: 'export.take', object: id, at: now() });
        return okay(await tables[asked.what](tx));
      }),
  };
}
