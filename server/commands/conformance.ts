import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { checkDoor } from '../start/conformance/doorChecks.ts';
import { createListeningDoor } from '../start/conformance/listeningDoor.ts';

const [first = '', second = ''] = process.argv.slice(2);
const MARKS = { passed: '✓', failed: '✗', skipped: '·' };

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

if (first === 'listen') {
  const door = createListeningDoor((line) => console.log(line));
  door.listen(Number(second || 0), '127.0.0.1', () => console.log(`practice door: http://127.0.0.1:${(door.address() as AddressInfo).port}/api/v1/ingest/<topic>  (Ctrl+C to stop)`));
} else {
  if (!/^https?:\/\//.test(first) || second === '') fail('npm run conformance -- <url> <key>   |   npm run conformance -- listen [port]');
  const url = first.replace(/\/$/, '');
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => fail(`no answer from ${url}: ${String(error)}`));
  const now = Number(answer.headers.get('x-domain-at')) || Date.parse(answer.headers.get('date') ?? '') || Date.now();
  const run = randomBytes(4).toString('hex');
  const verdicts = await checkDoor({ url, key: second, run, now }, (one) => console.log(`${MARKS[one.result]} ${one.name}${one.result === 'passed' ? '' : ` — ${one.detail}`}`));
  const count = (result: string) => verdicts.filter((one) => one.result === result).length;
  console.log(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  process.exitCode = count('failed') === 0 && count('passed') > 0 ? 0 : 1;
}
