import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CONFIG_KEYS } from '../server/kernel/config.ts';
import { pathsOfTree, ROOT } from './house/tree.ts';

const read = (name: string) => readFileSync(join(ROOT, 'docs/deploy', name), 'utf8');
const Closed = <T extends Parameters<typeof Type.Object>[0]>(of: T) => Type.Object(of, { additionalProperties: false });
const Word = Type.String({ minLength: 1 });

/** The parts of a dashboard that Grafana reads on import, as its documents name them. */
const Dashboard = Closed({
  title: Word, uid: Type.String({ maxLength: 40, pattern: '^[A-Za-z0-9_-]+$' }), schemaVersion: Type.Integer({ minimum: 36 }), version: Type.Integer(), editable: Type.Boolean(), timezone: Word, refresh: Type.String({ pattern: '^\\d+[smh]$' }),
  time: Closed({ from: Word, to: Word }), tags: Type.Array(Word), annotations: Closed({ list: Type.Array(Type.Unknown()) }),
  templating: Closed({ list: Type.Array(Closed({ name: Word, type: Type.Literal('datasource'), query: Word, label: Word })) }),
  panels: Type.Array(Closed({
    id: Type.Integer({ minimum: 1 }), type: Type.Union([Type.Literal('timeseries'), Type.Literal('stat')]), title: Word, options: Type.Object({}),
    datasource: Closed({ type: Type.Literal('prometheus'), uid: Word }),
    gridPos: Closed({ x: Type.Integer({ minimum: 0, maximum: 23 }), y: Type.Integer({ minimum: 0 }), w: Type.Integer({ minimum: 1, maximum: 24 }), h: Type.Integer({ minimum: 1 }) }),
    fieldConfig: Closed({ defaults: Closed({ unit: Word }), overrides: Type.Array(Type.Unknown()) }),
    targets: Type.Array(Closed({ refId: Type.String({ pattern: '^[A-Z]$' }), expr: Word, legendFormat: Word }), { minItems: 1 }),
  }), { minItems: 1 }),
});

const Service = Closed({
  image: Word, restart: Type.Optional(Type.Literal('unless-stopped')), command: Type.Optional(Type.Array(Type.String())), working_dir: Type.Optional(Word),
  environment: Type.Optional(Type.Record(Type.String(), Type.String())), env_file: Type.Optional(Type.Array(Word)), secrets: Type.Optional(Type.Array(Word)),
  volumes: Type.Optional(Type.Array(Type.String({ pattern: '^[^:]+:[^:]+(:ro)?$' }))), ports: Type.Optional(Type.Array(Type.String({ pattern: '^\\d+:\\d+$' }))),
  depends_on: Type.Optional(Type.Union([Type.Array(Word), Type.Record(Type.String(), Closed({ condition: Type.Union([Type.Literal('service_healthy'), Type.Literal('service_started')]) }))])),
  healthcheck: Type.Optional(Closed({ test: Type.Array(Word), interval: Word, timeout: Word, retries: Type.Integer() })),
});
const Compose = Closed({ name: Word, services: Type.Record(Type.String(), Service), secrets: Type.Record(Type.String(), Closed({ file: Word })), volumes: Type.Record(Type.String(), Closed({})) });

const told = pathsOfTree().filter((path) => /^server\/(start|http)\/.*\.ts$/.test(path)).map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');

test('the dashboard has the form Grafana reads, no panel lies on another, and every figure in it is one the server tells', () => {
  const dashboard = JSON.parse(read('grafana.json')) as Static<typeof Dashboard>;
  expect([...Value.Errors(Dashboard, dashboard)]).toEqual([]);
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) => Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`));
  expect(new Set(cells).size).toBe(cells.length);
  const names = [...new Set(dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\b(ioc|process)_[a-z_]+/g) ?? [])))];
  expect(names.filter((name) => !new RegExp(`(?<![a-z_])${name.replace(/_bucket$/, '')}(?![a-z_])`).test(told))).toEqual([]);
  expect(names.length).toBeGreaterThan(15);
});

test('the compose file has the form of one, says that it was not tried, and names services and volumes that are there', () => {
  const text = read('compose.yaml');
  expect(text.toLowerCase()).toContain('chưa chạy thử');
  const compose = parse(text, { merge: true }) as { services: Record<string, { depends_on?: string[] | object; volumes?: string[] }>; volumes: object };
  expect([...Value.Errors(Compose, compose)]).toEqual([]);
  for (const { depends_on: needs = [], volumes = [] } of Object.values(compose.services)) {
    for (const name of Array.isArray(needs) ? needs : Object.keys(needs)) expect(Object.keys(compose.services)).toContain(name);
    for (const volume of volumes) if (!volume.startsWith('/')) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
});

test('the unit of one server of several starts the program as the package lays it down', () => {
  const lineOf = (unit: string, key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1];
  const packaged = readFileSync(join(ROOT, 'server/start/bundle/templates/toan-canh.service'), 'utf8').replaceAll('{{TO}}', '/opt/toan-canh');
  const unit = read('systemd.service');
  for (const key of ['ExecStart', 'WorkingDirectory']) expect([key, lineOf(unit, key)]).toEqual([key, lineOf(packaged, key) ?? 'missing']);
  expect(`/var/lib/${lineOf(unit, 'StateDirectory')}`).toBe(/^Environment=IOC_DATA=(.*)$/m.exec(unit)?.[1]);
});

test('the units set only what the server reads', () => {
  const named = `${read('systemd.service')}\n${read('common.env')}\n${read('compose.yaml')}`.match(/\b(IOC_[A-Z_]+|DATABASE_[A-Z_]*URL|REDIS_URL)\b/g) ?? [];
  expect([...new Set(named)].filter((key) => !Object.hasOwn(CONFIG_KEYS, key))).toEqual([]);
});
