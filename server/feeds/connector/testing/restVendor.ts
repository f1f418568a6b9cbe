import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the vendor behaves. */
export type Mood = 'good' | 'down' | 'error-page' | 'complaint' | 'repeats' | 'cut' | 'slow-down';

/** A vendor with OAuth2 client credentials and pages, as data-sharing platforms have it. */
export interface RestVendor {
  url: string;
  tokenUrl: string;
  mood: Mood;
  /** Newest last; `at` in ISO. */
  records: { id: string; reportedAt: string; subject: string; severity: string; lng: number; lat: number }[];
  /** Addresses asked since the start. */
  asked: string[];
  tokens: number;
  /** Ends every token that was given. */
  endTokens(): void;
  close(): Promise<void>;
}

export const REST_CLIENT = { clientId: 'ioc-da-nang', secret: 'khoa-may-khach-rat-dai' };

export async function startRestVendor(): Promise<RestVendor> {
  const living = new Set<string>();
  const answer = (response: ServerResponse, value: unknown, status = 200) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  const giveToken = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const part of request) body += String(part);
    const basic = `Basic ${Buffer.from(`${REST_CLIENT.clientId}:${REST_CLIENT.secret}`).toString('base64')}`;
    if (request.headers.authorization !== basic || !body.includes('grant_type=client_credentials')) return answer(response, { error: 'invalid_client' }, 401);
    vendor.tokens += 1;
    const token = `token-${vendor.tokens}`;
    living.add(token);
    answer(response, { access_token: token, token_type: 'bearer', expires_in: 3600 });
  };

  const give = (url: URL, response: ServerResponse) => {
    if (vendor.mood === 'error-page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html><title>Hệ thống đang bảo trì</title></html>');
    if (vendor.mood === 'complaint') return answer(response, { code: 500, message: 'Không kết nối được CSDL' });
    if (vendor.mood === 'slow-down') return answer(response, {}, 429);
    const size = Number(url.searchParams.get('size') ?? 100);
    const page = vendor.mood === 'repeats' ? 1 : Number(url.searchParams.get('page') ?? 1);
    const [from, to] = [Date.parse(url.searchParams.get('from') ?? '1970-01-01'), Date.parse(url.searchParams.get('to') ?? '9999-12-31')];
    const found = vendor.records.filter(({ reportedAt }) => Date.parse(reportedAt) >= from && Date.parse(reportedAt) < to);
    const text = JSON.stringify({ total: found.length, result: { records: vendor.mood === 'repeats' ? vendor.records.slice(0, size) : found.slice((page - 1) * size, page * size) } });
    response.writeHead(200, { 'content-type': 'application/json' });
    if (vendor.mood === 'cut') return void response.end(text.slice(0, text.length / 2));
    response.end(text);
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://vendor');
    vendor.asked.push(`${request.method} ${url.pathname}${url.search}`);
    if (vendor.mood === 'down') return void request.socket.destroy();
    if (url.pathname === '/token') return void giveToken(request, response);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!living.has(token)) return answer(response, { error: 'invalid_token' }, 401);
    give(url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const vendor: RestVendor = {
    url: `${base}/alerts`,
    tokenUrl: `${base}/token`,
    mood: 'good',
    records: [],
    asked: [],
    tokens: 0,
    endTokens: () => living.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vendor;
}
