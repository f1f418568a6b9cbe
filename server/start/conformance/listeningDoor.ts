import { createServer, type Server } from 'node:http';
import { Compile } from 'typebox/compile';
import { isTopic, TOPICS } from '#contract/topics.ts';

const MAX_BYTES = 8 * 1024 * 1024;

function itemsOf(text: string, type: string): unknown[] {
  if (type.startsWith('application/x-ndjson')) return text.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error('the body is not a JSON array');
  return parsed;
}

/** A practice door on loopback: it stores nothing, answers as the real one would by shape, and says of every item what is wrong with it. */
export function createListeningDoor(say: (line: string) => void): Server {
  const checks = new Map(Object.values(TOPICS).map((topic) => [topic.name as string, Compile(topic.item)]));
  const seen = new Map<string, string>();
  return createServer((request, response) => {
    const topic = /^\/api\/v1\/ingest\/([a-z-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BYTES) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const answer = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const fault = (status: number, code: string, message: string) => {
        say(`✗ ${topic || request.url}: ${message}`);
        answer(status, { fault: { code, message } });
      };
      if (request.method !== 'POST' || !isTopic(topic)) return fault(404, 'INGEST_TOPIC', 'no such topic');
      if (!/^Bearer ioc_[a-z0-9]{1,16}_[A-Za-z0-9]{32,}$/.test(request.headers.authorization ?? '')) return fault(401, 'AUTH_KEY', 'the Authorization header is not `Bearer ioc_<id>_<secret>`');
      try {
        const results = itemsOf(Buffer.concat(chunks).toString('utf8'), request.headers['content-type'] ?? '').map((item) => {
          const key = String((item as { key?: unknown } | null)?.key ?? '');
          const check = checks.get(topic)!;
          const wrong = check.Check(item) ? undefined : check.Errors(item)[0];
          const body = JSON.stringify(item);
          const known = seen.get(`${topic}/${key}`);
          if (!wrong) seen.set(`${topic}/${key}`, known ?? body);
          const status = wrong ? 'rejected' : known === undefined ? 'accepted' : known === body ? 'duplicate' : 'conflict';
          say(`${wrong || status === 'conflict' ? '✗' : '✓'} ${topic} ${key}: ${status}${wrong ? ` — ${wrong.instancePath || '/'} ${wrong.message}` : ''}`);
          return { key, status, ...(wrong ? { fault: { code: 'INGEST_ITEM', message: wrong.message, pointer: wrong.instancePath } } : {}) };
        });
        return answer(200, { results });
      } catch (error) {
        return fault(400, 'REQUEST_BODY', error instanceof Error ? error.message : String(error));
      }
    });
  });
}
