import type { RouteOptions } from 'fastify';
import type { Policy } from '#contract/roles.ts';

/** One row of the rights table. */
export interface RoutePolicy {
  method: string;
  url: string;
  policy: Policy;
  accepts: readonly string[];
}

/** Every route with who may use it. */
export interface PolicyRegistry {
  /** Fails: throws for a route that declares no policy, which stops the boot. */
  add(route: RouteOptions): void;
  rows(): RoutePolicy[];
  /** Methods known at an address, for the refusal of a wrong one. */
  methodsAt(path: string): string[];
}

const patternOf = (url: string) => new RegExp(`^${url.split('/').map((part) => (part === '*' ? '.+' : part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('/')}$`);

export function createPolicyRegistry(): PolicyRegistry {
  const rows: (RoutePolicy & { pattern: RegExp })[] = [];
  return {
    add(route) {
      const policy = route.config?.policy;
      if (policy === undefined) throw new Error(`route ${String(route.method)} ${route.url} declares no policy`);
      for (const method of [route.method].flat()) {
        rows.push({ method, url: route.url, policy, accepts: route.config?.accepts ?? [], pattern: patternOf(route.url) });
      }
    },
    rows: () => rows.map(({ method, url, policy, accepts }) => ({ method, url, policy, accepts })),
    methodsAt: (path) => [...new Set(rows.filter((row) => row.pattern.test(path)).map((row) => row.method))],
  };
}
