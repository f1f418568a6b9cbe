import { FAULTS } from '#contract/faults.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import { MOST_ITEMS } from '../envelope.ts';
import { modernSchema } from './schema.ts';

/** One operation as this floor writes it. */
export interface Operation {
  summary?: string;
  tags?: string[];
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: unknown }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
  'x-policy'?: string;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

const schemaName = (topic: string) => `${topic.replace(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase())}Item`;
const topicNames = Object.keys(TOPICS) as TopicName[];

/** An item that is accepted as it stands at this moment. Units: epoch ms. */
export const exampleOf = (topic: TopicName, now: number): object => ({ ...TOPICS[topic].example, at: now });

function describeIngest(operation: Operation, now: number): void {
  const schema = { type: 'array', maxItems: MOST_ITEMS, items: { anyOf: topicNames.map((topic) => ({ $ref: `#/components/schemas/${schemaName(topic)}` })) } };
  const examples = Object.fromEntries(topicNames.map((topic) => [topic, { summary: topic, value: [exampleOf(topic, now)] }]));
  operation.requestBody = { content: { 'application/json': { schema, examples }, 'application/x-ndjson': { schema: { type: 'string' } } } };
  const topic = operation.parameters?.find(({ name }) => name === 'topic');
  if (topic) topic.schema = { type: 'string', enum: topicNames };
}

const RAW_BODIES: Record<string, Record<string, unknown>> = {
  '/api/v1/ingest/cap': { 'application/cap+xml': { schema: { type: 'string' } } },
  ...Object.fromEntries(
    ['/api/v1/ingest/attachment', '/api/v1/attachments'].map((path) => [
      path,
      { 'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { sha256: { type: 'string', description: 'before the file; refused when it differs' }, file: { type: 'string', contentMediaType: 'image/*' } } } } },
    ]),
  ),
};

/** The generated document in the words of OpenAPI 3.1, with what the door reads by itself and one valid example per topic. */
export function documentOf(generated: unknown, now: number): OpenApiDocument {
  const document = modernSchema(structuredClone(generated) as Parameters<typeof modernSchema>[0]) as unknown as OpenApiDocument;
  const items = topicNames.map((topic) => [schemaName(topic), { ...(modernSchema(structuredClone(TOPICS[topic].item) as never) as object), examples: [exampleOf(topic, now)] }]);
  document.components.schemas = { ...document.components.schemas, ...Object.fromEntries(items), FaultCode: { type: 'string', enum: Object.keys(FAULTS) } };
  for (const [path, content] of Object.entries(RAW_BODIES)) {
    const operation = document.paths[path]?.post;
    if (operation) operation.requestBody = { content };
  }
  const ingest = document.paths['/api/v1/ingest/{topic}']?.post;
  if (ingest) describeIngest(ingest, now);
  return document;
}
