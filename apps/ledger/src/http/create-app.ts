import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule, type Parts } from '../app.module.js';
import { ApiDocument } from './docs.controller.js';
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
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  if (parts.hasApi) app.get(ApiDocument).document = await openApiDocument(app);
  return app;
};
