import type { AuditLine } from '../../domain/account/audit.ts';
import type { AdministrationPort } from '../../domain/ports/administration.ts';
import type { Engine } from '../engine/engine.ts';
import { verifyAudit } from './audit.ts';
import { readHeads } from './auditHeads.ts';
import type { Accounts } from './accounts.ts';

const PAGE = `
  select n, at, actor, action, object from audit_log
  where n < coalesce($1, 9223372036854775807) and ($2::text is null or actor = $2) and ($3::text is null or starts_with(action, $3) or ($3 = 'refusals' and action like '%.refuse'))
  order by n desc limit $4`;

/** Administration over the store of accounts. */
export function createAdministration({ engine, accounts, dataFolder }: { engine: Engine; accounts: Accounts; dataFolder: string }): AdministrationPort {
  return {
    setGrants: accounts.setGrants,
    listKeys: accounts.listKeys,
    revokeKey: accounts.revokeKey,
    listAudit: ({ limit, before, actor, action }) => engine.query<AuditLine>(PAGE, [before ?? null, actor ?? null, action ?? null, limit]),
    verifyAudit: () => verifyAudit(engine, readHeads(dataFolder)),
  };
}
