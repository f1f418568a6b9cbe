import type { Contact } from '#contract/citizen.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { feedbackPolicy } from '../../domain/feedback/policy.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { feedbackTable } from '../topics/feedback.ts';
import type { Seal } from '../topics/seal.ts';

const DAY_MS = 86_400_000;
const SWEEP_MS = 3_600_000;

/** Who reported, sealed and apart from the report. */
export interface Contacts {
  keep(id: string, contact: Contact): Promise<void>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN. */
  read(actor: Principal, scope: Scope, id: string): Promise<Outcome<Contact>>;
  close(): void;
}

const isEmpty = (contact: Contact) => Object.values(contact).every((part) => !part?.trim());

/** Only the operator's role opens a contact: not the administrator's, not a unit's. */
const mayRead = ({ kind, roles }: Principal) => kind === 'person' && roles.includes('operator');

export function createContacts({ engine, clock, log, seal }: { engine: Engine; clock: Clock; log: Log; seal: Seal }): Contacts {
  const sweep = async () => {
    try {
      await engine.query('delete from feedback_contact where expires_at <= $1', [clock.now()]);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      log.warn({}, 'expired contacts wait for the store');
    }
  };
  const timer = setInterval(() => void sweep(), SWEEP_MS);
  timer.unref();

  return {
    async keep(id, contact) {
      if (isEmpty(contact)) return;
      await engine.query('insert into feedback_contact (feedback, sealed, expires_at) values ($1, $2, $3) on conflict do nothing', [
        feedbackTable.numberOf(id), seal.seal(JSON.stringify(contact)), clock.now() + feedbackPolicy.contactKeepDays * DAY_MS,
      ]);
    },
    async read(actor, scope, id) {
      if (!mayRead(actor)) return refused('AUTH_FORBIDDEN');
      return engine.tx<Outcome<Contact>>(async (tx) => {
        const [stored] = await feedbackTable.read(tx, [id]);
        if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
        const [row] = await tx.query<{ sealed: Uint8Array }>('select sealed from feedback_contact where feedback = $1 and expires_at > $2', [feedbackTable.numberOf(id), clock.now()]);
        await appendAudit(tx, { actor: actor.id, action: 'feedback.contact', object: id, at: clock.now() });
        return row ? okay(JSON.parse(seal.open(row.sealed)) as Contact) : refused('NOT_FOUND');
      });
    },
    close: () => clearInterval(timer),
  };
}
