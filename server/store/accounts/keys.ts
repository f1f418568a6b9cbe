import { BlockList, isIPv6 } from 'node:net';
import type { Provenance } from '#contract/base.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { TopicName } from '#contract/topics.ts';
import { ACTIVE_KEYS, parseBearer } from '../../domain/account/ingestKey.ts';
import type { AccountsPort } from '../../domain/ports/accounts.ts';
import type { Source } from '../../domain/ports/door.ts';
import { appendAudit } from './audit.ts';
import type { AccountsParts } from './deps.ts';
import { SYSTEM_ACTOR } from './people.ts';
import { drawn, hashOf, isSameHash, newSecret } from './secrets.ts';

const ID_LENGTH = 10;
const SECRET_LENGTH = 43;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const TRUST_MS = 1000;
const USED_MS = 60_000;

/** A source with the limits of the key it used. */
export interface KeyedSource extends Source {
  /** Networks the key may be used from, as CIDR; null = anywhere. */
  networks: readonly string[] | null;
  ratePerMinute: number | null;
}

export interface KeyLine {
  id: string;
  name: string;
  source: string;
  topics: TopicName[] | null;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** Keys of the door. Only their hashes are kept. */
export interface Keys extends Pick<AccountsPort, 'ensureKey' | 'renewKey'> {
  /** `address` is checked against the networks of the key when both are given. */
  sourceOf(bearer: string, address?: string): Promise<KeyedSource | undefined>;
  /** Two keys of a source may be active while one takes over from the other; a third ends the oldest. Returns the bearer, shown once. */
  createKey(name: string, source: Source & Partial<Pick<KeyedSource, 'networks' | 'ratePerMinute'>>, actor?: string): Promise<string>;
  listKeys(): Promise<KeyLine[]>;
  /** Fails: NOT_FOUND. */
  revokeKey(id: string, actor?: string): Promise<Outcome<void>>;
}

interface KeyRow {
  id: string;
  secretHash: string;
  source: string;
  sourceName: string;
  topics: TopicName[] | null;
  provenance: Provenance;
  networks: string[] | null;
  ratePerMinute: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

const SELECT = `
  select id, secret_hash as "secretHash", source, source_name as "sourceName", topics, provenance, networks,
    rate_per_minute as "ratePerMinute", last_used_at as "lastUsedAt", revoked_at as "revokedAt" from ingest_key where id = $1`;

export function createKeys({ engine, now, secretBytes }: AccountsParts): Keys {
  const trusted = new Map<string, { at: number; row: KeyRow }>();

  const read = async (id: string) => {
    const known = trusted.get(id);
    if (known && now() - known.at < TRUST_MS) return known.row;
    const [row] = await engine.query<KeyRow>(SELECT, [id]);
    if (row) trusted.set(id, { at: now(), row });
    return row;
  };
  const noteUse = async (row: KeyRow) => {
    const at = now();
    if (row.lastUsedAt !== null && at - row.lastUsedAt < USED_MS) return;
    row.lastUsedAt = at;
    await engine.query('update ingest_key set last_used_at = $2 where id = $1', [row.id, at]);
  };

  return {
    async sourceOf(bearer, address) {
      const parsed = parseBearer(bearer);
      const row = parsed && (await read(parsed.id));
      if (!row || row.revokedAt !== null || !isSameHash(row.secretHash, hashOf(parsed.secret))) return undefined;
      if (address !== undefined && row.networks !== null && !isWithin(row.networks, address)) return undefined;
      await noteUse(row);
      return sourceOfRow(row);
    },

    async ensureKey(bearer) {
      const parsed = parseBearer(bearer);
      if (!parsed) return refused('AUTH_KEY', { detail: 'ioc_<id>_<secret>' });
      const source = `env-${parsed.id}`;
      const [row] = await engine.query<KeyRow>(SELECT, [parsed.id]);
      if (row && (row.source !== source || row.revokedAt !== null)) return refused('AUTH_KEY');
      await engine.query(
        `insert into ingest_key (id, name, secret_hash, source, source_name, topics, provenance, created_at) values ($1, $2, $3, $2, $2, null, 'real', $4)
         on conflict (id) do update set secret_hash = excluded.secret_hash`,
        [parsed.id, source, hashOf(parsed.secret), now()],
      );
      trusted.delete(parsed.id);
      return okay({ id: source, name: source, topics: null, provenance: 'real' });
    },

    async createKey(name, source, actor = SYSTEM_ACTOR) {
      const id = drawn(secretBytes, ID_LETTERS, ID_LENGTH);
      const secret = newSecret(secretBytes, SECRET_LENGTH);
      await engine.tx(async (tx) => {
        const ended = await tx.query<{ id: string }>(
          `update ingest_key set revoked_at = $3 where id in (
             select id from ingest_key where source = $1 and revoked_at is null order by created_at desc, id offset $2) returning id`,
          [source.id, ACTIVE_KEYS - 1, now()],
        );
        for (const key of ended) trusted.delete(key.id);
        await tx.query(
          `insert into ingest_key (id, name, secret_hash, source, source_name, topics, provenance, networks, rate_per_minute, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [id, name, hashOf(secret), source.id, source.name, source.topics, source.provenance, source.networks ?? null, source.ratePerMinute ?? null, now()],
        );
        await appendAudit(tx, { actor, action: 'key.create', object: id, at: now() });
      });
      return `ioc_${id}_${secret}`;
    },

    async renewKey(id, source) {
      const secret = newSecret(secretBytes, SECRET_LENGTH);
      await engine.tx(async (tx) => {
        await tx.query('delete from ingest_key where source = $1 and id <> $2', [source.id, id]);
        await tx.query(
          `insert into ingest_key (id, name, secret_hash, source, source_name, topics, provenance, created_at) values ($1, $2, $3, $4, $2, $5, $6, $7)
           on conflict (id) do update set secret_hash = excluded.secret_hash, revoked_at = null`,
          [id, source.name, hashOf(secret), source.id, source.topics, source.provenance, now()],
        );
      });
      trusted.delete(id);
      return `ioc_${id}_${secret}`;
    },

    listKeys: () =>
      engine.query<KeyLine>(
        `select id, name, source, topics, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt" from ingest_key order by created_at, id`,
      ),

    async revokeKey(id, actor = SYSTEM_ACTOR) {
      const isRevoked = await engine.tx(async (tx) => {
        const rows = await tx.query('update ingest_key set revoked_at = coalesce(revoked_at, $2) where id = $1 returning id', [id, now()]);
        if (rows.length > 0) await appendAudit(tx, { actor, action: 'key.revoke', object: id, at: now() });
        return rows.length > 0;
      });
      trusted.delete(id);
      return isRevoked ? okay(undefined) : refused('NOT_FOUND');
    },
  };
}

const sourceOfRow = ({ source, sourceName, topics, provenance, networks, ratePerMinute }: KeyRow): KeyedSource => ({
  id: source, name: sourceName, topics, provenance, networks, ratePerMinute,
});

function isWithin(networks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const family = isIPv6(base) ? 'ipv6' : 'ipv4';
    list.addSubnet(base, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  const bare = address.replace(/^::ffff:(?=\d+\.)/, '');
  return list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}
