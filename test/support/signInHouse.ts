import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** People of the sign-in service and their groups there. */
const GROUPS: Readonly<Record<string, string[]>> = { 'truc-ban': ['ioc-operators'], 'can-bo': ['ward-20242'], 'nguoi-la': ['elsewhere'] };

/** A real OpenID provider on a port of its own; any password opens it. */
export interface SignInHouse {
  issuer: string;
  clientId: string;
  clientSecret: string;
  close(): void;
}

/** Starts the provider for one product. */
export async function startSignInHouse(productUrl: string): Promise<SignInHouse> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['ioc', 'bi-mat-cua-trung-tam'];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [`${productUrl}/api/v1/session/service/back`] }],
    claims: { openid: ['sub', 'groups', 'preferred_username', 'name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, groups: GROUPS[id] ?? [], preferred_username: id, name: `Người dùng ${id}` }) }),
  });
  server.on('request', provider.callback());
  return {
    issuer, clientId, clientSecret,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
