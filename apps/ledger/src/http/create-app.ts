import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Type } from '@nestjs/common';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertDeclared, declaredRoutes, type DeclaredRoute } from '../access/declared-routes.js';
import { Gate } from '../access/gate.js';
import { limitInFlight } from '../access/in-flight.js';
import { AppModule, type Parts } from '../app.module.js';
import { takeLines } from '../batches/ndjson-body.js';
import { correlationIdOf } from '../observe/correlation.js';
import { FrameworkLog } from '../observe/log.js';
import { logRequests } from '../observe/request-log.js';
import { refuseWhenStopping } from '../service/lifecycle.js';
import { answerProblem } from './answer-problem.js';
import { ApiDocument } from './docs.controller.js';
import { assertDocumented } from './documented.js';
import { openApiDocument } from './openapi.js';

/** Of a body; a batch of 1,000 samples takes a tenth of it. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/** A request that comes slower than this is not waited for. */
const REQUEST_TIMEOUT_MS = 30_000;

export const createApp = async (parts: Parts): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // we say it ourselves, as a problem document
    genReqId: ({ headers }: IncomingMessage) => correlationIdOf(headers),
    // Before there is a route: an address that is none, or whose parts are too long.
    frameworkErrors: (error: unknown, _: FastifyRequest, reply: FastifyReply) => answerProblem(reply, error),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: new FrameworkLog(parts.log),
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  logRequests(fastify, parts.log);
  refuseWhenStopping(fastify, parts.lifecycle);
  takeLines(fastify);
  const routes = declaredRoutes(controllersOf(app));
  const registered = await guarded(app, parts, routes);
  const document = parts.hasApi ? await openApiDocument(app, routes) : null;
  app.get(ApiDocument).document = document;
  await app.init();
  assertDeclared(routes, registered());
  if (document) assertDocumented(document, routes);
  return app;
};

type Registered = { readonly method: string; readonly path: string };

/** Sets what stands before every route; what it gives back says, once the application has begun, which routes there are. */
const guarded = async (
  app: NestFastifyApplication,
  { access }: Parts,
  routes: readonly DeclaredRoute[],
): Promise<() => readonly Registered[]> => {
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const registered: Registered[] = [];
  // A HEAD comes with each GET, and goes through the same gate.
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') registered.push({ method: one, path: url });
  });
  await app.register(helmet, { contentSecurityPolicy: { directives: NOTHING, useDefaults: false } });
  await app.register(rateLimit, { global: false });
  limitInFlight(fastify, access.mostInFlight);
  app.get(Gate).guard(fastify, routes);
  return () => registered;
};

/** An answer of the API is no page. Pages say what they load in a header of their own. */
const NOTHING = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

const controllersOf = (app: NestFastifyApplication): readonly Type[] =>
  app
    .get(DiscoveryService)
    .getControllers()
    .map(({ metatype }) => metatype as Type);
