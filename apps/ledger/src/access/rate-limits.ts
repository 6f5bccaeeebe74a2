/** How many requests one caller may send. Bounds what a runaway script takes from the others; it is no quota. */
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../http/problem.js';

export const RATE_LIMIT = Symbol('RATE_LIMIT');

/** A short burst may be faster than the limit, ten seconds together may not. */
const WINDOW_SECONDS = 10;

/** Requests without a known token, a second and address. */
const UNKNOWN_PER_SECOND = 50;

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

@Injectable()
export class RateLimits {
  /** Who a request counts for. */
  readonly #keys = new WeakMap<FastifyRequest, string>();
  #known: Limiter | null = null;
  #unknown: Limiter | null = null;

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    /** Requests a second of one subject; 0: as many as it likes. */
    @Inject(RATE_LIMIT) private readonly perSecond: number,
  ) {}

  /** Throws a 429 `Problem`. */
  async take(request: FastifyRequest, subject: string): Promise<void> {
    if (this.perSecond === 0) return;
    this.#known ??= this.#limiter(this.perSecond);
    await this.#take(this.#known, request, subject);
  }

  async takeUnknown(request: FastifyRequest): Promise<void> {
    if (this.perSecond === 0) return;
    this.#unknown ??= this.#limiter(UNKNOWN_PER_SECOND);
    await this.#take(this.#unknown, request, `address ${request.ip}`);
  }

  #limiter(perSecond: number): Limiter {
    return this.host.httpAdapter.getInstance<FastifyInstance>().createRateLimit({
      max: perSecond * WINDOW_SECONDS,
      timeWindow: WINDOW_SECONDS * 1000,
      keyGenerator: (request) => this.#keys.get(request) ?? '',
    });
  }

  async #take(limiter: Limiter, request: FastifyRequest, key: string): Promise<void> {
    this.#keys.set(request, key);
    const taken = await limiter(request);
    if (taken.isAllowed || !taken.isExceeded) return;
    const detail = `${taken.max} requests in ${WINDOW_SECONDS} seconds are the most. Ask again in ${taken.ttlInSeconds} s.`;
    throw problem('too-many-requests', detail, {}, { 'Retry-After': String(taken.ttlInSeconds) });
  }
}
