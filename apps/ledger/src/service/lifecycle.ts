import type { FastifyInstance } from 'fastify';
import { unavailable } from '../http/problem.js';

/** Where the service is in its life: it is told to stop long before it has. */
export class Lifecycle {
  #phase: 'serving' | 'draining' | 'closing' = 'serving';

  /** Not to be sent requests any more, though it answers those that come. */
  get isStopping(): boolean {
    return this.#phase !== 'serving';
  }

  /** Takes nothing more; what it has taken is answered. */
  get isClosing(): boolean {
    return this.#phase === 'closing';
  }

  drain(): void {
    if (this.#phase === 'serving') this.#phase = 'draining';
  }

  close(): void {
    this.#phase = 'closing';
  }
}

/** Sends callers elsewhere while the service stops: they make new connections, and those find another one. */
export const refuseWhenStopping = (fastify: FastifyInstance, lifecycle: Lifecycle): void => {
  fastify.addHook('onRequest', (_request, reply, next) => {
    if (lifecycle.isStopping) void reply.header('Connection', 'close');
    next(lifecycle.isClosing ? stopping() : undefined);
  });
};

export const stopping = (): Error =>
  unavailable('stopping', 'This process is stopping: send the request again, and another one answers it.', 1);
