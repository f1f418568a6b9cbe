import { Compile } from 'typebox/compile';
import { AlertRuleText, type AlertRule, type RuleTrial } from '#contract/alertRule.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Crossing } from '../../domain/alert-rule/crossing.ts';
import { CALM, stepCrossing } from '../../domain/alert-rule/crossing.ts';
import { tryRule } from '../../domain/alert-rule/trial.ts';
import shipped from '../../domain/alert-rule/shipped.vi.json' with { type: 'json' };
import type { AlertRulesPort } from '../../domain/ports/alertRules.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { createLookLoop } from '../engine/lookLoop.ts';
import { guarded } from '../work/guarded.ts';
import { pastSeries, presentSeries, type PlacedSeries, type Present } from './readings.ts';

const LOOK_MS = 10_000;
const DAY_MS = 86_400_000;
const SAMPLE_DAYS = 7;
const SOURCE: Source = { id: 'ioc-rules', name: 'Quy tắc cảnh báo', topics: ['alert'], provenance: 'real' };
const check = Compile(AlertRuleText);

interface RuleRow {
  body: AlertRuleText;
  isOn: boolean;
  changedAt: number;
  changedBy: string;
  triedAt: number | null;
  isSample: boolean;
}

const SELECT = `select body, is_on as "isOn", changed_at as "changedAt", changed_by as "changedBy", tried_at as "triedAt", is_sample as "isSample" from alert_rule`;
/** A sample that changed is tried anew; what somebody wrote stays theirs. */
const ADOPT = `insert into alert_rule (code, body, changed_at, changed_by, is_sample) values ($1, $2, $3, $4, true)
  on conflict (code) do update set body = excluded.body, changed_at = excluded.changed_at, is_on = false, tried_at = null where alert_rule.is_sample and alert_rule.body <> excluded.body`;
/** What a rule raised and did not end. */
const RAISED = `select ref, kind, level, title, provenance from alert where source = $1 and starts_with(ref, $2) and status = 'active' order by n`;
const ruleOf = ({ body, ...row }: RuleRow): AlertRule => ({ ...body, ...row });
/** A clear value on the wrong side would end an alert while it still holds. */
const isSound = ({ direction, value, clear }: AlertRuleText): boolean => (direction === 'above' ? clear <= value : clear >= value);

export interface RulesDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  door: DoorPort;
  present: Present;
  segmentsOf(subject: AlertRuleText['subject']): readonly string[];
  logger: Log;
  /** The thresholds that came with the product are tried on the past and switched on by themselves: right for the sample city, never for a real one. */
  hasSamplesOn?: boolean;
  /** Of several servers only one tells what crossed. */
  isOnDuty?: () => boolean;
  lookMs?: number;
}

/** The rules and what follows from them. */
export interface RuleEngine extends AlertRulesPort, Closable {
  /** Looks once at everything every running rule sees. Returns how many alerts began or ended. */
  look(): Promise<number>;
  /** Takes the rules that come with services: new ones, and changed ones that nobody made their own. One whose service is gone goes too, and what it raised ends. */
  adopt(texts: readonly AlertRuleText[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the rules; those that come with the product are there from the first start on, marked as samples and switched off until they were tried. */
export async function createAlertRules(deps: RulesDeps): Promise<RuleEngine> {
  const { engine, clock, door, present, segmentsOf, logger, hasSamplesOn = false, isOnDuty = () => true, lookMs = LOOK_MS } = deps;
  const take = async (texts: readonly AlertRuleText[]): Promise<void> => {
    for (const text of texts) await engine.query(ADOPT, [text.code, JSON.stringify(text), clock.now(), 'Bản kèm sản phẩm']);
  };
  await take(shipped as AlertRuleText[]);
  const inOne = <T>(work: (tx: Tx) => Promise<Outcome<T>>) => guarded(() => engine.tx(work));
  const read = async (tx: Pick<Tx, 'query'>, code: string) => (await tx.query<RuleRow>(`${SELECT} where code = $1`, [code]))[0];

  /** The alert of an episode: its key names the moment it began or ended, its ref the episode, so telling it again changes nothing. */
  const itemOf = (rule: AlertRuleText, one: PlacedSeries, { since, peak }: Crossing, end: number | null) => ({
    key: `${rule.code}/${one.series}/${since}/${end ?? 'on'}`.slice(0, 200),
    ref: `${rule.code}/${one.series}/${since}`.slice(0, 200),
    at: Math.min(since ?? clock.now(), clock.now()),
    kind: rule.kind,
    level: rule.level,
    title: `${rule.name}: ${one.name}`.slice(0, 300),
    text: `Ngưỡng ${rule.value}, cực trị ${Math.round(peak * 100) / 100}.`,
    status: end === null ? 'active' : 'ended',
    provenance: one.isSimulated ? 'simulated' : 'real',
    ...(one.position ? { position: one.position } : {}),
  });

  const statesOf = async (rule: string): Promise<Map<string, Crossing>> => {
    const rows = await engine.query<Crossing & { series: string }>('select series, since, is_on as "isOn", peak from alert_rule_state where rule = $1', [rule]);
    return new Map(rows.map(({ series, ...state }) => [series, state]));
  };

  /** Ends what a rule raised, then forgets the rule. Another try follows when the door refuses. */
  const forget = async (code: string): Promise<void> => {
    const raised = await engine.query<{ ref: string }>(RAISED, [SOURCE.id, `${code}/`]);
    const at = clock.now();
    const items = raised.map((one) => ({ ...one, key: `${one.ref}/${at}`.slice(0, 200), at, status: 'ended' }));
    if (items.length > 0 && !(await door.ingest(SOURCE, 'alert', items)).ok) return;
    await engine.query('delete from alert_rule where code = $1 and is_sample', [code]);
  };

  const adopt = async (texts: readonly AlertRuleText[]): Promise<void> => {
    await take(texts);
    const staying = new Set([...(shipped as AlertRuleText[]), ...texts].map(({ code }) => code));
    const samples = await engine.query<{ code: string }>('select code from alert_rule where is_sample');
    for (const { code } of samples) if (!staying.has(code)) await forget(code);
  };

  const lookAt = async (rule: AlertRule): Promise<number> => {
    const all = await presentSeries(engine, rule.subject, present, clock.now());
    const known = await statesOf(rule.code);
    const items: object[] = [];
    const changed: { series: string; state: Crossing }[] = [];
    for (const one of all) {
      const before = known.get(one.series) ?? CALM;
      const state = one.samples.reduce((at, sample) => stepCrossing(at, rule, sample), before);
      if (state === before) continue;
      changed.push({ series: one.series, state });
      if (state.isOn && !before.isOn) items.push(itemOf(rule, one, state, null));
      if (!state.isOn && before.isOn) items.push(itemOf(rule, one, before, clock.now()));
    }
    if (items.length > 0) {
      const sent = await door.ingest(SOURCE, 'alert', items);
      if (!sent.ok) return 0;
    }
    for (const { series, state } of changed) {
      await engine.query('insert into alert_rule_state (rule, series, since, is_on, peak) values ($1, $2, $3, $4, $5) on conflict (rule, series) do update set since = excluded.since, is_on = excluded.is_on, peak = excluded.peak', [rule.code, series, state.since, state.isOn, state.peak]);
    }
    return items.length;
  };

  /** Runs a rule over the past and keeps that it was tried as it is written now. */
  const tryOut = async ({ body, changedAt }: RuleRow, days: number): Promise<RuleTrial> => {
    const to = clock.now();
    const from = to - days * DAY_MS;
    const all = await pastSeries(engine, body.subject, segmentsOf(body.subject), { from, to, isAbove: body.direction === 'above' });
    const made = all.filter(({ isSimulated }) => isSimulated).length;
    const provenance = all.length === 0 ? null : made === 0 ? 'real' : made === all.length ? 'simulated' : 'mixed';
    const trial = tryRule(body, all, { from, to }, provenance);
    await engine.query('update alert_rule set tried_at = $2 where code = $1 and changed_at = $3', [body.code, to, changedAt]);
    return trial;
  };

  const wakeSamples = async (): Promise<void> => {
    for (const row of await engine.query<RuleRow>(`${SELECT} where is_sample and tried_at is null order by code`)) {
      const { count, perDay } = await tryOut(row, SAMPLE_DAYS);
      await engine.query('update alert_rule set is_on = true where code = $1 and is_sample', [row.body.code]);
      logger.info({ rule: row.body.code, count, perDay }, 'a sample rule was tried on the past and runs');
    }
  };

  const look = async (): Promise<number> => {
    if (!isOnDuty()) return 0;
    if (hasSamplesOn) await wakeSamples();
    const rules = (await engine.query<RuleRow>(`${SELECT} where is_on order by code`)).map(ruleOf);
    let told = 0;
    for (const rule of rules) told += await lookAt(rule);
    return told;
  };

  const loop = createLookLoop({ look, everyMs: lookMs, logger, who: 'rules' });

  return {
    look,
    adopt,
    close: loop.close,
    list: () => guarded(async () => okay((await engine.query<RuleRow>(`${SELECT} order by code`)).map(ruleOf))),
    write: (actor, sent) =>
      inOne(async (tx) => {
        if (!check.Check(sent)) return refused('RULE_TEXT', { pointer: check.Errors(sent)[0]?.instancePath ?? '' });
        if (!isSound(sent)) return refused('RULE_TEXT', { pointer: '/clear' });
        const at = clock.now();
        await tx.query('delete from alert_rule_state where rule = $1', [sent.code]);
        await tx.query(
          `insert into alert_rule (code, body, changed_at, changed_by) values ($1, $2, $3, $4)
           on conflict (code) do update set body = excluded.body, is_on = false, changed_at = excluded.changed_at, changed_by = excluded.changed_by, tried_at = null, is_sample = false`,
          [sent.code, JSON.stringify(sent), at, actor.name],
        );
        await appendAudit(tx, { actor: actor.id, action: 'alert-rule.write', object: sent.code, at });
        return okay(ruleOf((await read(tx, sent.code))!));
      }),
    try: (code, days) =>
      guarded(async () => {
        const row = await read(engine, code);
        if (!row) return refused('NOT_FOUND');
        return okay(await tryOut(row, days));
      }),
    turn: (actor, code, isOn) =>
      inOne(async (tx) => {
        const row = await read(tx, code);
        if (!row) return refused('NOT_FOUND');
        if (isOn && row.triedAt === null) return refused('RULE_UNTRIED');
        const at = clock.now();
        await tx.query('update alert_rule set is_on = $2 where code = $1', [code, isOn]);
        await appendAudit(tx, { actor: actor.id, action: isOn ? 'alert-rule.on' : 'alert-rule.off', object: code, at });
        return okay(ruleOf({ ...row, isOn }));
      }),
  };
}
