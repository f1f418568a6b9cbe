import type { ConnectorAuth } from '#contract/connector.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Asker } from './request.ts';

/** Gives the headers of one question; a token is fetched when there is none or it ends. */
export interface SignIn {
  headers(signal: AbortSignal): Promise<Outcome<Record<string, string>>>;
  /** The other side refused the token: the next question fetches another. */
  forget(): void;
}

/** A token is given up this much before its end. */
const MARGIN_MS = 30_000;
const DEFAULT_LIFE_S = 300;

const basicOf = (user: string, secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

export function createSignIn(auth: ConnectorAuth, secret: string | undefined, asker: Pick<Asker, 'ask'>, realNow: () => number): SignIn {
  let token: { value: string; endsAt: number } | undefined;

  const fetchToken = async (oauth: Extract<ConnectorAuth, { kind: 'oauth2' }>, clientSecret: string, signal: AbortSignal): Promise<Outcome<string>> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(oauth.scope ? { scope: oauth.scope } : {}), ...(oauth.sendIn === 'body' ? { client_id: oauth.clientId, client_secret: clientSecret } : {}) });
    const credentials: Record<string, string> = oauth.sendIn === 'header' ? { authorization: basicOf(encodeURIComponent(oauth.clientId), encodeURIComponent(clientSecret)) } : {};
    const got = await asker.ask({ url: oauth.tokenUrl, method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...credentials }, body: form.toString(), signal });
    if (!got.ok) return got.fault.code === 'SOURCE_STATUS' && got.fault.detail === 'HTTP 400' ? refused('SOURCE_LOGIN', { detail: 'HTTP 400' }) : got;
    const answer = readToken(got.value.body);
    if (!answer) return refused('SOURCE_LOGIN', { detail: 'access_token' });
    token = { value: answer.value, endsAt: realNow() + answer.lifeS * 1000 - MARGIN_MS };
    return okay(answer.value);
  };

  return {
    async headers(signal) {
      if (auth.kind === 'none') return okay({});
      if (!secret) return refused('SOURCE_SECRET');
      if (auth.kind === 'api-key') return okay({ [auth.header.toLowerCase()]: secret });
      if (auth.kind === 'basic') return okay({ authorization: basicOf(auth.user, secret) });
      if (auth.kind === 'bearer') return okay({ authorization: `Bearer ${secret}` });
      const fresh = token && token.endsAt > realNow() ? okay(token.value) : await fetchToken(auth, secret, signal);
      return fresh.ok ? okay({ authorization: `Bearer ${fresh.value}` }) : fresh;
    },
    forget() {
      token = undefined;
    },
  };
}

function readToken(body: Buffer): { value: string; lifeS: number } | undefined {
  try {
    const answer = JSON.parse(body.toString('utf8')) as { access_token?: unknown; expires_in?: unknown };
    const lifeS = Number(answer.expires_in);
    return typeof answer.access_token === 'string' ? { value: answer.access_token, lifeS: lifeS > 0 ? lifeS : DEFAULT_LIFE_S } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
