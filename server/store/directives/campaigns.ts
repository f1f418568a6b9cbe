import { okay, refused } from '#contract/faults.ts';
import type { Provenance } from '#contract/base.ts';
import type { CampaignState } from '#contract/topics/campaign.ts';
import { countedCampaign, unitsOf, type CampaignThing } from '../../domain/campaign/burnDown.ts';
import type { DirectivesPort } from '../../domain/ports/directives.ts';
import { sees } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { appendEntries, entryOf } from '../log/append.ts';
import { campaignTable } from '../topics/campaign.ts';
import { directiveTable } from '../topics/directive.ts';
import { changeOf, type Desk, OWN_SOURCE } from '../work/desk.ts';
import openThings from './openThings.json' with { type: 'json' };

/** How often open campaigns are counted. Units: ms, real time. */
const TICK_MS = 5000;

interface ThingRow extends CampaignThing {
  title: string;
  dueAt: number;
  provenance: Provenance;
  responsible: { position?: string; name?: string } | null;
}

export interface CampaignDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  desk: Desk;
  units: { get(code: string): { fullName: string } | undefined };
  tickMs?: number | undefined;
}

export type Campaigns = Pick<DirectivesPort, 'beginCampaign' | 'accountable'> & Closable & {
  /** Counts every open campaign now. */
  count(): Promise<void>;
};

/** Campaigns: what is open at the beginning is followed one by one until the deadline, and then stands as it was. */
export function createCampaigns({ engine, clock, log, desk, units, tickMs = TICK_MS }: CampaignDeps): Campaigns {
  const things = (tx: Pick<Tx, 'query'>, n: number) =>
    tx.query<ThingRow>('select thing, unit, title, due_at as "dueAt", provenance, done_at as "doneAt", responsible from campaign_thing where campaign = $1 order by due_at, thing', [n]);

  const countOne = (id: string) =>
    engine.tx(async (tx) => {
      const stored = await campaignTable.readForUpdate(tx, id);
      if (!stored || stored.state.state === 'ended') return;
      const n = campaignTable.numberOf(id)!;
      const now = clock.now();
      const source = openThings[stored.state.scope.topic];
      // A count that comes late must not credit what was done after the deadline.
      await tx.query(
        `update campaign_thing t set done_at = least($2, $3 - 1) where t.campaign = $1 and t.done_at is null and t.thing not in (select thing from (${source}) o)
           and ($2::bigint < $3::bigint or (select max(l.at) from event_log l where l.thing = t.thing) < $3)`,
        [n, now, stored.state.dueAt],
      );
      await tx.query(`update campaign_thing t set responsible = o.responsible, unit = o.unit from (${source}) o where t.campaign = $1 and t.done_at is null and t.thing = o.thing`, [n]);
      const state = countedCampaign(stored.state, await things(tx, n), now);
      if (state === stored.state) return;
      const next = { rev: stored.rev + 1, state };
      await campaignTable.update(tx, [next]);
      await appendEntries(tx, [entryOf('campaign', `campaign/${id}/${next.rev}`, now, next)]);
    });

  const count = async () => {
    const open = await engine.query<{ n: number }>(`select n from campaign where state = 'open' order by n`);
    for (const { n } of open) await countOne(campaignTable.idOf(n));
  };

  const timer = setInterval(() => {
    count().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable) && !(error instanceof StoreConflict)) log.error({ error: String(error) }, 'campaigns could not be counted; it is tried again');
    });
  }, tickMs);
  timer.unref();

  return {
    count,
    beginCampaign: ({ title, directive, scope, dueAt }, { principal }) =>
      desk.perform('campaign.begin', principal, async ({ tx, now }) => {
        if (dueAt <= now) return refused('REQUEST_BODY', { pointer: '/dueAt' });
        if (directive !== undefined && (await directiveTable.read(tx, [directive])).length === 0) return refused('NOT_FOUND', { pointer: '/directive' });
        const found = await tx.query<ThingRow>(
          `select thing, unit, coalesce(title, '') as title, due_at as "dueAt", provenance, null as "doneAt", responsible from (${openThings[scope.topic]}) o
           where ($1::text[] is null or unit = any($1)) and due_at is not null and (not $2 or due_at < $3) order by due_at, thing`,
          [scope.units, scope.isOverdueOnly, now],
        );
        if (found.length === 0) return refused('STATE_RESULT', { pointer: '/scope' });
        const [id = ''] = await campaignTable.nextIds(tx, 1);
        const kinds = new Set(found.map(({ provenance }) => provenance));
        const state: CampaignState = {
          id, ref: id, source: OWN_SOURCE, unit: null, ward: null, title: title.trim(), directive: directive ?? null, scope, state: 'open', startedAt: now, dueAt,
          total: found.length, left: found.length, units: unitsOf(found), burnDown: [{ at: now, left: found.length }], enteredBy: principal.name, updatedAt: now,
          provenance: kinds.size === 1 ? found[0]!.provenance : 'mixed',
        };
        // The things refer to their campaign, which the desk writes last.
        await campaignTable.insert(tx, [{ rev: 1, state: { ...state } }]);
        await tx.query(
          `insert into campaign_thing (campaign, thing, unit, title, due_at, provenance, responsible)
           select $1, r.thing, r.unit, r.title, r."dueAt", r.provenance, r.responsible from json_to_recordset($2::json) as r(thing text, unit text, title text, "dueAt" bigint, provenance text, responsible jsonb)`,
          [campaignTable.numberOf(id), JSON.stringify(found)],
        );
        return okay({ reply: state, changes: [changeOf(campaignTable, { rev: 0, state: { ...state, updatedAt: 0 } }, state)], words: title });
      }),
    async accountable(campaign, scope) {
      const [stored] = await campaignTable.read(engine, [campaign]);
      if (!stored) return refused('NOT_FOUND');
      const isEntitled = scope.principal.roles.some((role) => role === 'leader' || role === 'operator' || role === 'admin');
      const left = (await things(engine, campaignTable.numberOf(campaign)!)).filter(({ doneAt, unit }) => doneAt === null && sees(scope, unit, null));
      return okay({
        at: clock.now(),
        isFinal: stored.state.state === 'ended',
        total: stored.state.total,
        items: left.map(({ thing, title, unit, dueAt, provenance, responsible }) => {
          const isOwn = unit !== null && scope.units !== null && scope.units.has(unit);
          const named = isEntitled || isOwn ? responsible : null;
          return { thing, title, unit, unitName: unit === null ? '' : (units.get(unit)?.fullName ?? unit), dueAt, position: named?.position ?? null, person: named?.name ?? null, provenance };
        }),
      });
    },
    async close() {
      clearInterval(timer);
    },
  };
}
