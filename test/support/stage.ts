import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { ensureClientBuilt } from '../../server/start/clientBuild.ts';
import { ROOT } from '../house/tree.ts';
import { startProduct, type Product, type ProductSettings } from './product.ts';

/** Products that several test files look at, each its own way, and none restarts or stops. */
const PRODUCTS = {
  /** Nothing but what the tests send. */
  quiet: {},
  /** The sample city. */
  city: { environment: { IOC_SAMPLE: 'on' } },
} satisfies Record<string, ProductSettings>;

export type SharedName = keyof typeof PRODUCTS;

declare module 'vitest' {
  interface ProvidedContext {
    stage: string;
  }
}

/** Stands beside the test files: builds the pages once, starts a shared product when the first file asks and ends it after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureClientBuilt(ROOT, console.log);
  const running = new Map<SharedName, Promise<Product>>();
  const start = (name: SharedName) => {
    const known = running.get(name) ?? startProduct(PRODUCTS[name]);
    running.set(name, known);
    return known;
  };
  const server = createServer((request, reply) => {
    start(request.url?.slice(1) as SharedName).then(
      ({ url }) => reply.end(url),
      (error: unknown) => reply.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('stage', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    for (const started of await Promise.allSettled(running.values())) if (started.status === 'fulfilled') await started.value.close();
  };
}
