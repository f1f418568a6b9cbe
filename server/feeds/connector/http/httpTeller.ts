import type { ConnectorText, HttpWay } from '#contract/connector.ts';
import type { Outcome } from '#contract/faults.ts';
import { filledBody, filledUrl, type ToldValues } from '../../../domain/connector/tellBack.ts';
import type { Secrets } from '../reader.ts';
import { createAsker, type Answer } from './request.ts';
import { createSignIn } from './signIn.ts';

/** Tells a system over HTTP what stands here, with the same sign-in as its questions. */
export interface Teller {
  /** `key` names these words: told again after a lost answer they are the same. Fails: SOURCE_… */
  tell(values: ToldValues, key: string, signal: AbortSignal): Promise<Outcome<Answer>>;
  close(): void;
}

export function createHttpTeller({ way, tellBack }: { way: HttpWay; tellBack: NonNullable<ConnectorText['tellBack']> }, secrets: Secrets, realNow: () => number): Teller {
  const asker = createAsker({ ...way, ...secrets, realNow });
  const signIn = createSignIn(way.auth, secrets.secret, asker, realNow);
  return {
    async tell(values, key, signal) {
      const signed = await signIn.headers(signal);
      if (!signed.ok) return signed;
      const told = await asker.ask({
        url: filledUrl(tellBack.url, values), method: tellBack.method, signal, body: filledBody(tellBack.body, values),
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...signed.value },
      });
      if (!told.ok && told.fault.code === 'SOURCE_LOGIN') signIn.forget();
      return told;
    },
    close: () => asker.close(),
  };
}
