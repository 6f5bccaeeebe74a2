import { accountOfApp, type ReadDatabase } from '@ledger/read-models';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { unavailable } from '../http/problem.js';
import { Freshness } from '../reads/freshness.js';
import { READ_DATABASE } from '../service/tokens.js';
import type { DeclaredRoute } from './declared-routes.js';
import { wrongAccount } from './forbidden.js';
import { mayTouch, type Principal } from './principal.js';

type Parts = { readonly [name: string]: unknown };

/**
 * Keeps a token that is bound to accounts to those. A request says which account it is about by its path, or as a filter; one
 * that does not say it is about all of them, and is refused.
 */
@Injectable()
export class BoundAccounts {
  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    private readonly freshness: Freshness,
  ) {}

  /** Throws a `Problem`: a 403 for another account, also for an app that nobody has, so that a token cannot find out which exist. */
  async check(principal: Principal, request: FastifyRequest, route: DeclaredRoute | undefined): Promise<void> {
    if (principal.accounts === null) return;
    const accountId = await this.#accountOf(request, route);
    if (accountId === null || !mayTouch(principal, accountId)) throw wrongAccount();
  }

  async #accountOf({ params, query }: FastifyRequest, route: DeclaredRoute | undefined): Promise<string | null> {
    const { id, accountId, appId }: Parts = Object(params);
    const { accountId: filter, minPosition }: Parts = Object(query);
    if (/^\/v1\/accounts\/:id(?:\/|$)/.test(route?.path ?? '')) return textOf(id);
    if (accountId !== undefined) return textOf(accountId);
    if (typeof appId === 'string') return this.#accountOfApp(appId, textOf(minPosition));
    return route?.isFilteredByAccount === true ? textOf(filter) : null;
  }

  async #accountOfApp(appId: string, minPosition: string | null): Promise<string | null> {
    await this.freshness.reached(minPosition); // the app may be as new as that
    return accountOfApp(this.database, appId).catch(() => {
      throw unavailable('database-away', 'The read database cannot be reached.', 2);
    });
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
