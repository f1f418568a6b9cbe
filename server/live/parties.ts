import type { AccountsPort } from '../domain/ports/accounts.ts';
import { passes } from '../domain/policy.ts';
import { scopeOf, type Scope, type Subtree } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Party } from './wire.ts';

/** How long a principal that was read may be relied on. */
const TRUST_MS = 2000;
const TOUCH_MS = 60_000;

export interface Parties {
  /** The party behind a token, or undefined when it may not watch. Reads the accounts at most once per two seconds and token. */
  open(token: string): Promise<Party | undefined>;
  /** Brings a party up to date. `ended`: it may not watch any more; `moved`: it now sees other things. */
  refresh(party: Party): Promise<'same' | 'moved' | 'ended'>;
  /** Counts as activity of the person: an act does, an open page does not. */
  touch(token: string): void;
  /** Forgets what was read, so that the next question goes to the accounts. */
  forget(): void;
}

const scopeKeyOf = ({ principal, units, dataClass }: Scope) =>
  `${principal.kind === 'wall-device' ? 'device:' : ''}${dataClass === 'personal' ? '' : `${dataClass}:`}${units === null ? '*' : [...units].sort().join(',')}`;

export function createParties(accounts: Pick<AccountsPort, 'principalOf'>, clock: Clock, subtree: Subtree): Parties {
  const reads = new Map<string, { at: number; found: ReturnType<AccountsPort['principalOf']> }>();
  const touches = new Map<string, number>();

  const read = (token: string): ReturnType<AccountsPort['principalOf']> => {
    const now = clock.realNow();
    const known = reads.get(token);
    if (known && now - known.at < TRUST_MS) return known.found;
    for (const [old, { at }] of reads) {
      if (now - at < TRUST_MS) break;
      reads.delete(old);
    }
    const found = accounts.principalOf(token, { isTouch: false });
    reads.delete(token);
    reads.set(token, { at: now, found });
    found.catch(() => reads.delete(token));
    return found;
  };

  const describe = async (token: string): Promise<Party | undefined> => {
    const found = await read(token);
    if (!found || !passes('wall', found.principal)) return undefined;
    const scope = scopeOf(found.principal, subtree);
    const scopeKey = scopeKeyOf(scope);
    return { token, principal: found.principal, scope, scopeKey, checkedAt: clock.realNow(), expiresAt: found.expiresAt };
  };

  return {
    open: describe,
    async refresh(party) {
      const now = await describe(party.token);
      if (!now) return 'ended';
      const change = now.scopeKey === party.scopeKey && now.principal.id === party.principal.id ? 'same' : 'moved';
      if (change === 'same') Object.assign(party, now);
      return change;
    },
    touch(token) {
      const now = clock.realNow();
      if (now - (touches.get(token) ?? 0) < TOUCH_MS) return;
      for (const [old, at] of touches) if (now - at >= TOUCH_MS) touches.delete(old);
      touches.set(token, now);
      accounts.principalOf(token).catch(() => touches.delete(token));
    },
    forget: () => reads.clear(),
  };
}
