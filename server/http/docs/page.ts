import { FAULTS } from '#contract/faults.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import { exampleOf, type OpenApiDocument } from './document.ts';
import { formOf } from './form.ts';
import text from './text.json' with { type: 'json' };

type Pair = readonly string[];

const escape = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const marked = (raw: string) => escape(raw).replace(/`([^`]+)`/g, '<code>$1</code>');
const both = ([vi = '', en = '']: Pair) => `<p>${marked(vi)}<br><span class="en" lang="en">${marked(en)}</span></p>`;
const title = ([vi = '', en = '']: Pair) => `${escape(vi)} <span class="en" lang="en">· ${escape(en)}</span>`;
const section = (id: string, heading: Pair, body: string) => `<section id="${id}"><h2>${title(heading)}</h2>${body}</section>`;
const block = (code: string) => `<pre><code>${escape(code)}</code></pre>`;
const table = (heads: Pair[], rows: string[][]) =>
  `<table><thead><tr>${heads.map((head) => `<th>${title(head)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</tbody></table>`;

function curlOf(origin: string, topic: TopicName, now: number): string {
  const body = JSON.stringify([exampleOf(topic, now)]).replaceAll("'", "'\\''");
  return `curl -X POST ${origin}/api/v1/ingest/${topic} \\\n  -H 'Authorization: Bearer ioc_ID_SECRET' \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

function topicSection(topic: TopicName, now: number): string {
  const { item, delivery } = TOPICS[topic] as { item: { properties: Record<string, object>; required?: string[] }; delivery: string };
  const rows = Object.entries(item.properties).map(([name, schema]) => [`<code>${name}</code>`, escape(formOf(schema)), item.required?.includes(name) ? '✓' : '']);
  const { field, form, needed } = text.columns;
  return `<h3 id="topic-${topic}"><code>${topic}</code> <span class="en">${delivery}</span></h3>${table([field, form, needed], rows)}${block(JSON.stringify(exampleOf(topic, now), null, 2))}`;
}

function operationRows(document: OpenApiDocument): string[][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`<span class="method">${method}</span> <code>${escape(path)}</code>`, escape(operation.summary ?? ''), escape(operation['x-policy'] ?? '')]),
  );
}

function faultRows(): string[][] {
  return Object.entries(FAULTS).map(([code, { status, retry, vi, en }]) => [`<code>${code}</code>`, String(status), title(text.retry[retry]), `${escape(vi)}<br><span class="en" lang="en">${escape(en)}</span>`]);
}

/** The whole documentation as one page: no script, nothing from outside. */
export function pageOf(document: OpenApiDocument, origin: string, now: number): string {
  const topics = Object.keys(TOPICS) as TopicName[];
  const { columns } = text;
  const links = [...topics.map((topic) => [`topic-${topic}`, topic]), ['operations', 'API'], ['faults', text.faults[0] ?? '']];
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Toàn Cảnh – API ${escape(document.info.version)}</title><link rel="stylesheet" href="/api/docs/docs.css"></head>
<body><h1>Toàn Cảnh – API</h1>${both(text.lead)}<p><a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI ${escape(document.openapi)})</p>
<nav>${links.map(([id, name]) => `<a href="#${id}">${escape(name ?? '')}</a>`).join('')}</nav>
${section('start', text.start, both(text.startText) + block(curlOf(origin, 'alert', now)))}
${section('rules', text.rules, `<ul>${text.ruleList.map((rule) => `<li>${both(rule)}</li>`).join('')}</ul>`)}
${section('read', text.read, both(text.readText) + block(`curl --cookie '__Host-ioc=…' '${origin}/api/v1/log?topic=alert,feedback&after=EPOCH:SEQ&limit=500'`))}
${section('topics', text.topics, topics.map((topic) => topicSection(topic, now)).join(''))}
${section('operations', text.operations, table([columns.address, columns.meaning, columns.who], operationRows(document)))}
${section('faults', text.faults, block('{ "fault": { "code": "…", "message": "…", "pointer": "/0/position", "requestId": "…" } }') + table([columns.code, columns.status, columns.retry, columns.meaning], faultRows()))}
</body></html>
`;
}
