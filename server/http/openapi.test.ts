import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Compile } from 'typebox/compile';
import { afterAll, expect, test } from 'vitest';
import { FAULTS } from '#contract/faults.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import type { OpenApiDocument } from './docs/document.ts';
import { createTestApp } from './testing/app.ts';
import { NOW } from './testing/moment.ts';

const http = await createTestApp();
const document: OpenApiDocument = (await http.app.inject('/api/v1/openapi.json')).json();
afterAll(() => http.close());

function* everyValue(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* everyValue(inner);
}

test('every reference leads somewhere', () => {
  const references = [...everyValue(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    const found = reference.slice(2).split('/').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], document);
    expect(found, reference).toBeTypeOf('object');
  }
});

test('every schema is one of JSON Schema 2020-12, tuples included', () => {
  const ajv = new Ajv2020({ strict: false });
  for (const { schema } of everyValue(document.paths)) if (typeof schema === 'object') expect(ajv.validateSchema(JSON.parse(JSON.stringify(schema).replaceAll('#/components', '#/definitions')))).toBe(true);
  for (const schema of Object.values(document.components.schemas)) expect(ajv.validateSchema(schema as object)).toBe(true);
  for (const value of everyValue(document)) expect(Array.isArray(value.items) && value.type === 'array').toBe(false);
});

test('every answer can be written by its schema', () => {
  const compile = SerializerSelector()(undefined, {});
  const unwritable: string[] = [];
  let answers = 0;
  for (const [url, methods] of Object.entries(document.paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      for (const [httpStatus, answer] of Object.entries(responses)) {
        const schema = (answer as { content?: { 'application/json'?: { schema: object } } }).content?.['application/json']?.schema;
        if (!schema) continue;
        answers++;
        try {
          compile({ method, url, httpStatus, schema: structuredClone({ ...schema, components: document.components }) });
        } catch (error) {
          unwritable.push(`${method} ${url} ${httpStatus}: ${String(error)}`);
        }
      }
    }
  }
  expect(answers).toBeGreaterThan(100);
  expect(unwritable).toEqual([]);
});

test.each(Object.keys(TOPICS) as TopicName[])('topic %s has one example that its schema takes, as of now', (topic) => {
  const content = document.paths['/api/v1/ingest/{topic}']!.post!.requestBody!.content['application/json'] as { examples: Record<string, { value: [{ at: number }] }> };
  const [example] = content.examples[topic]!.value;
  expect(example.at).toBe(NOW);
  expect(Compile(TOPICS[topic].item).Check(example)).toBe(true);
});

test.each([
  'get /healthz', 'get /readyz', 'get /metrics', 'post /api/v1/session', 'get /api/v1/session', 'delete /api/v1/session', 'post /api/v1/ingest/{topic}', 'post /api/v1/ingest/attachment', 'post /api/v1/ingest/cap', 'get /api/v1/log',
  ...['alerts', 'feedback', 'cameras', 'sensors', 'units', 'indicators', 'cases', 'dossiers', 'handling-requests', 'assignments', 'documents', 'directives', 'campaigns', 'sources', 'walls', 'scenes', 'scenarios', 'reports', 'users', 'audit'].flatMap((name) => [`get /api/v1/${name}`, `get /api/v1/${name}/{id}`]),
  'get /api/v1/cameras/near', 'get /api/v1/cameras/seeing', 'get /api/v1/walls/{id}/state', 'post /api/v1/clock', 'get /media/{camera}/{file}', 'get /tiles/{layer}/{z}/{x}/{y}', 'get /geo/style.json', 'get /api/v1/export/alerts.csv', 'get /api/v1/export/alerts.xlsx', 'get /api/v1/export/alerts.geojson',
])('the interface has %s', (row) => {
  const [method = '', path = ''] = row.split(' ');
  expect(document.paths[path]?.[method]?.responses).toBeDefined();
});

test('who may call is written at every operation, and refusals are described', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      expect(operation['x-policy'], `${method} ${path}`).toBeTypeOf('string');
      expect(operation.summary, `${method} ${path}`).toBeTypeOf('string');
      if (operation['x-policy'] !== 'public') expect(Object.keys(operation.responses), `${method} ${path}`).toEqual(expect.arrayContaining(['401', '403']));
    }
  }
});

test('the page for people names every topic, address and fault, without script or style of its own', async () => {
  const page = await http.app.inject({ url: '/api/docs', headers: { host: '127.0.0.1:8080' } });
  expect(page.statusCode).toBe(200);
  for (const topic of Object.keys(TOPICS)) expect(page.body).toContain(`id="topic-${topic}"`);
  for (const code of Object.keys(FAULTS)) expect(page.body).toContain(`<code>${code}</code>`);
  for (const path of Object.keys(document.paths)) expect(page.body).toContain(path);
  expect(page.body).toContain('curl -X POST http://127.0.0.1:8080/api/v1/ingest/alert');
  expect(page.body).not.toMatch(/<script|<style|style="|https:\/\//);
  expect((await http.app.inject('/api/docs/docs.css')).headers['content-type']).toContain('text/css');
});

test('a host name can not write into the page', async () => {
  const page = await http.app.inject({ url: '/api/docs', headers: { host: '"><script>alert(1)</script>' } });
  expect(page.body).not.toContain('<script');
});
