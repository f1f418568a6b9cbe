import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (environment: Record<string, string>) => readConfig(environment, '/srv');
const problems = (environment: Record<string, string>) => {
  const answer = read(environment);
  return 'problems' in answer ? answer.problems.join('\n') : '';
};

test('an empty environment gives the documented defaults', () => {
  const answer = read({});
  expect(answer).toMatchObject({ config: { IOC_HOST: '127.0.0.1', IOC_PORT: 8080, IOC_SAMPLE: 'on', IOC_CLOCK: 'real', dataFolder: '/srv/.data', isLoopback: true } });
});

test('an unknown key is refused and the nearest known one is named', () => {
  expect(problems({ IOC_PROT: '80' })).toContain('IOC_PORT');
});

test.each([
  [{ IOC_PORT: '80800' }, 'IOC_PORT'],
  [{ IOC_CLOCK: 'yesterday' }, 'IOC_CLOCK'],
  [{ IOC_INGEST_KEY: 'ioc_x_short' }, 'IOC_INGEST_KEY'],
  [{ IOC_ADMIN_PASSWORD: 'short' }, 'IOC_ADMIN_PASSWORD'],
  [{ IOC_TLS_CERT: 'a.pem' }, 'IOC_TLS_KEY'],
  [{ IOC_HOST: '0.0.0.0' }, 'TLS'],
])('%j is refused', (environment, named) => {
  expect(problems(environment)).toContain(named);
});

test('an open address is accepted with TLS, or with the explicit permission', () => {
  expect(problems({ IOC_HOST: '0.0.0.0', IOC_TLS: 'auto' })).toBe('');
  expect(problems({ IOC_HOST: '0.0.0.0', IOC_ALLOW_HTTP: '1' })).toBe('');
});
