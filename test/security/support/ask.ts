import { request } from 'node:http';

/** What a raw request answered; nothing on the way tidies its address. */
export interface RawAnswer {
  status: number;
  text: string;
}

/** Sends an address exactly as it is written. */
export function askRaw(base: string, path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array } = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const call = request({ host: hostname, port, method, path, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
    });
    call.on('error', reject);
    call.end(body);
  });
}
