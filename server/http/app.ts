import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Server as TlsServer } from 'node:https';
import { ATTACHMENT_LIMIT, addBodyParsers, JSON_LIMIT } from './bodies.ts';
import { answerBrokenRequest } from './brokenRequest.ts';
import type { HttpDeps } from './deps.ts';
import { createErrorHandler, refuseWith } from './faults.ts';
import { createGuard } from './guard.ts';
import { putHeaders, securityHeaders } from './headers.ts';
import { createMetrics } from './metrics.ts';
import { openApiOptions } from './openapi.ts';
import { createPolicyRegistry, type RoutePolicy } from './policies.ts';
import { addRoutes } from './routes/index.ts';
import { lazySerializers } from './serializers.ts';
import { refuseOpenNetwork } from './tls.ts';
import type { App } from './types.ts';
import { refusalOf } from './turnedAway.ts';
import { isPersonAstray } from './unknownPage.ts';

export type { HttpDeps } from './deps.ts';

/** The HTTP floor, not yet listening. `app.server` carries the socket gateway too. */
export interface HttpApp {
  app: App;
  /** Every route with its policy, once the app is ready. */
  describePolicies(): RoutePolicy[];
  /** Serves new connections with another certificate; without TLS there is none to change. */
  useCertificate(pair: { key: string; cert: string }): void;
  /** From here on every request is told to come back; open answers are finished. */
  close(): Promise<void>;
}

const SLOW_LIMIT_MS = 5000;
const SERVER_LIMITS = { headersTimeout: SLOW_LIMIT_MS, requestTimeout: SLOW_LIMIT_MS, connectionsCheckingInterval: 1000 };

/** Lets a plugin add its hooks beside those of the plugins before it, which is what its order is for. */
const sharedWithRoot = <T extends object>(plugin: T): T => Object.assign(plugin, { [Symbol.for('skip-override')]: true });

/** Builds the app. Fails: throws for a network address without TLS that was not allowed; `app.ready()` rejects for a route without a policy. */
export function createHttpApp(deps: HttpDeps): HttpApp {
  const { config, logger } = deps;
  refuseOpenNetwork(config);
  const headers = securityHeaders(config.frameSources, config.tls !== undefined);
  const registry = createPolicyRegistry();
  const metrics = createMetrics();
  const stopping = { isStopping: false };

  const options: FastifyServerOptions = {
    ...(config.tls ? { https: { ...SERVER_LIMITS, ...config.tls } } : { http: SERVER_LIMITS }),
    requestTimeout: SLOW_LIMIT_MS,
    bodyLimit: JSON_LIMIT,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 400 },
    schemaController: { compilersFactory: { buildSerializer: lazySerializers } },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, headers, randomUUID()),
    frameworkErrors: (_error, request, reply) => {
      putHeaders(reply as FastifyReply, headers, request.id);
      refuseWith(reply as FastifyReply, 'REQUEST_QUERY');
    },
  };
  const app = fastify(options).withTypeProvider<TypeBoxTypeProvider>() as unknown as App;

  app.setValidatorCompiler(TypeBoxValidatorCompiler as never);
  app.setErrorHandler(createErrorHandler(logger));
  app.setNotFoundHandler((request, reply) => {
    if (isPersonAstray(request, deps.clientFolder)) return reply.code(404).header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
    const allowed = registry.methodsAt(request.url.split('?')[0] ?? '');
    if (allowed.length === 0 || allowed.includes(request.method)) return refuseWith(reply, 'NOT_FOUND');
    return refuseWith(reply.header('allow', allowed.join(', ')), 'REQUEST_METHOD');
  });
  app.decorateRequest('principal', undefined);
  app.decorateRequest('source', undefined);
  app.decorateRequest('sessionToken', undefined);
  app.decorateRequest('sessionExpiresAt', 0);
  app.decorateRequest('startedAt', 0);
  app.decorateReply('faultCode', undefined);
  app.addHook('onRoute', (route) => registry.add(route));
  addBodyParsers(app);

  app.register(cookie);
  app.register(multipart, { limits: { fileSize: ATTACHMENT_LIMIT, files: 1, fields: 4, fieldSize: 1024, parts: 5 } });
  app.register(rateLimit, { global: false });
  app.register(fastifyStatic, { root: deps.clientFolder, serve: false, dotfiles: 'ignore' });
  app.register(swagger, openApiOptions(deps.version));
  const parts = async (root: App) => {
    root.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
      request.startedAt = performance.now();
      putHeaders(reply, headers, request.id);
      return stopping.isStopping ? refuseWith(reply.header('connection', 'close'), 'SERVER_STOPPING') : undefined;
    });
    root.addHook('onRequest', createGuard(deps));
    root.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
      metrics.observe(request.routeOptions.url ?? 'unknown', request.method, reply.statusCode, (performance.now() - request.startedAt) / 1000);
      if (reply.faultCode === undefined) return;
      const refusal = refusalOf(request, reply.faultCode);
      if (refusal) deps.refusals.note(refusal);
    });
    addRoutes(root, { ...deps, metrics });
  };
  app.register(sharedWithRoot(parts));

  return {
    app,
    describePolicies: () => registry.rows(),
    useCertificate(pair) {
      if (config.tls) (app.server as unknown as TlsServer).setSecureContext(pair);
    },
    async close() {
      stopping.isStopping = true;
      await app.close();
    },
  };
}
