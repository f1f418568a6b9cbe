import { TOPICS, type TopicName } from '#contract/topics.ts';
import type { IngestAnswer } from '#contract/http.ts';
import { freshExample } from './examples.ts';

/** One question to the door and its verdict. `skipped` says why it does not apply to this key. */
export interface Verdict {
  name: string;
  result: 'passed' | 'failed' | 'skipped';
  detail: string;
}

interface Target {
  url: string;
  key: string;
  /** Unique name of this run, so that keys never meet those of another. */
  run: string;
  /** The door's own time. Units: epoch ms. */
  now: number;
}

interface Answer {
  status: number;
  body: Partial<IngestAnswer> & { fault?: { code?: string; pointer?: string } };
}

async function send(target: Target, topic: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${target.url}/api/v1/ingest/${topic}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${target.key}`, 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(15_000),
  });
  const text = await answer.text();
  try {
    return { status: answer.status, body: JSON.parse(text) as Answer['body'] };
  } catch {
    return { status: answer.status, body: {} };
  }
}

const sendItems = (target: Target, topic: string, items: object[]) => send(target, topic, JSON.stringify(items));

const verdict = (name: string, isRight: boolean, answer: Answer, wanted: string): Verdict => ({
  name,
  result: isRight ? 'passed' : 'failed',
  detail: isRight ? wanted : `expected ${wanted}, got HTTP ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
});

const first = (answer: Answer) => answer.body.results?.[0];

async function checkTopic(target: Target, topic: TopicName): Promise<Verdict[]> {
  const item = freshExample(topic, target.run, target.now);
  const name = (what: string) => `${topic}: ${what}`;
  const accepted = await sendItems(target, topic, [item]);
  if (accepted.status === 403) return [{ name: name('its example is accepted'), result: 'skipped', detail: 'this key may not send this topic' }];
  const verdicts = [verdict(name('its example is accepted'), accepted.status === 200 && first(accepted)?.status === 'accepted', accepted, 'accepted')];
  if (first(accepted)?.status !== 'accepted' || TOPICS[topic].delivery === 'telemetry') return verdicts;
  const again = await sendItems(target, topic, [item]);
  verdicts.push(verdict(name('sent again it is a duplicate with the first seq'), first(again)?.status === 'duplicate' && first(again)?.seq === first(accepted)?.seq, again, 'duplicate'));
  const conflicting = await sendItems(target, topic, [{ ...item, at: target.now - 1000 }]);
  verdicts.push(verdict(name('the same key with another body is a conflict'), conflicting.status === 200 && first(conflicting)?.status === 'conflict', conflicting, 'conflict'));
  const update = await sendItems(target, topic, [{ ...item, key: `${String(item.key)}-b`, at: target.now }]);
  verdicts.push(verdict(name('a new message with a known ref updates the same thing'), first(update)?.status === 'accepted' && first(update)?.id === first(accepted)?.id, update, 'the same id'));
  const unknown = await sendItems(target, topic, [{ ...item, key: `${String(item.key)}-c`, surprise: true }]);
  verdicts.push(verdict(name('an unknown field is rejected with a pointer'), first(unknown)?.status === 'rejected' && first(unknown)?.fault?.pointer !== undefined, unknown, 'rejected with a pointer'));
  return verdicts;
}

async function checkEnvelope(target: Target, topic: TopicName): Promise<Verdict[]> {
  const good = (n: number) => freshExample(topic, `${target.run}-env`, target.now, n);
  const noKey = await send(target, topic, '[]', { authorization: 'Bearer ioc_none_0000000000000000000000000000000000' });
  const broken = await send(target, topic, '[{"key":');
  const notList = await send(target, topic, '{"key":"a"}');
  const wrongType = await send(target, topic, '[]', { 'content-type': 'text/plain' });
  const noTopic = await sendItems(target, 'no-such-topic', [good(0)]);
  const many = await sendItems(target, topic, Array.from({ length: 1001 }, (_, n) => good(n)));
  const future = await sendItems(target, topic, [{ ...good(2), at: target.now + 3_600_000 }]);
  const mixed = await sendItems(target, topic, [good(3), { key: 'x' }, good(4)]);
  const lines = await send(target, topic, [good(5), good(6)].map((item) => JSON.stringify(item)).join('\n'), { 'content-type': 'application/x-ndjson' });
  return [
    verdict('an unknown key is refused', noKey.status === 401, noKey, '401'),
    verdict('a broken body is refused and nothing stored', broken.status === 400, broken, '400'),
    verdict('a body that is no list is refused with a pointer', notList.status === 400 && notList.body.fault?.pointer !== undefined, notList, '400 with a pointer'),
    verdict('another content type is refused', wrongType.status === 415, wrongType, '415'),
    verdict('an unknown topic is refused', noTopic.status === 404, noTopic, '404'),
    verdict('more than 1,000 items are refused', many.status === 413 || many.status === 400, many, '413 or 400'),
    verdict('a time in the future is rejected for that item', first(future)?.fault?.code === 'INGEST_FUTURE', future, 'INGEST_FUTURE'),
    verdict('a bad item does not fail the good ones, answers keep their order', mixed.body.results?.map((row) => row.status).join() === 'accepted,rejected,accepted', mixed, 'accepted,rejected,accepted'),
    verdict('lines of NDJSON are taken', lines.body.results?.every((row) => row.status === 'accepted') === true && lines.body.results.length === 2, lines, 'two accepted'),
  ];
}

const capMessage = (run: string, at: string) => `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>kit-${run}-cap</identifier><sender>kit@example.vn</sender><sent>${at}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>vi-VN</language><category>Met</category><event>Ngập lụt</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><headline>Ngập tại nút giao thử nghiệm</headline><area><areaDesc>Phường Hải Châu</areaDesc><circle>16.0606,108.2166 0.3</circle></area></info></alert>`;

async function checkCap(target: Target): Promise<Verdict[]> {
  const at = new Date(target.now).toISOString().replace(/\.\d+Z$/, '+00:00');
  const good = await send(target, 'cap', capMessage(target.run, at), { 'content-type': 'application/cap+xml' });
  const bad = await send(target, 'cap', '<alert><identifier>x</identifier>', { 'content-type': 'application/cap+xml' });
  if (good.status === 403) return [{ name: 'cap: a CAP 1.2 message is accepted', result: 'skipped', detail: 'this key may not send alerts' }];
  return [verdict('cap: a CAP 1.2 message is accepted', first(good)?.status === 'accepted', good, 'accepted'), verdict('cap: a broken message is refused', bad.status === 400 && bad.body.fault?.code === 'INGEST_CAP', bad, 'INGEST_CAP')];
}

/** Asks a door everything that a feed relies on. Everything it sends is marked simulated and has keys of its own. */
export async function checkDoor(target: Target, onVerdict: (verdict: Verdict) => void): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const keep = (found: Verdict[]) => {
    for (const one of found) onVerdict(one);
    verdicts.push(...found);
  };
  for (const topic of Object.keys(TOPICS) as TopicName[]) keep(await checkTopic(target, topic));
  const allowed = verdicts.find((one) => one.name.endsWith('its example is accepted') && one.result === 'passed' && TOPICS[one.name.split(':')[0] as TopicName]?.delivery === 'logged');
  if (allowed) keep(await checkEnvelope(target, allowed.name.split(':')[0] as TopicName));
  keep(await checkCap(target));
  return verdicts;
}
