import type { Account } from '@ledger/domain';
import { accountOfApp, Projector, storedAccount, type Changed, type ReadDatabase } from '@ledger/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { READ_DATABASE } from '../service/tokens.js';

/** Of all accounts together; a big account has 300. */
const MOST_APPS = 20_000;

/** `isQuarantined`: an event after this state cannot be read. */
export type Known = { readonly account: Account; readonly isQuarantined: boolean };

/**
 * The states of the accounts that were asked for last, as their rows have them. The projector says which have changed,
 * and those are forgotten before anybody can know of the change.
 */
@Injectable()
export class KnownAccounts {
  /** An app belongs to one account for ever. */
  readonly #accountIds = new LRUCache<string, string>({ max: 100_000 });
  readonly #accounts = new LRUCache<string, Known>({
    maxSize: MOST_APPS,
    sizeCalculation: ({ account }) => account.apps.size + 1,
  });
  readonly #loading = new Map<string, Promise<Known | null>>();

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    projector: Projector,
  ) {
    projector.onChanged((changed) => this.#forget(changed));
  }

  /** The state of the app's account, in which the app is; null when there is no such app. */
  async ofApp(appId: string): Promise<Known | null> {
    const accountId = this.#accountIds.get(appId) ?? (await this.#accountId(appId));
    if (accountId === null) return null;
    return this.#accounts.get(accountId) ?? this.#load(accountId);
  }

  async #accountId(appId: string): Promise<string | null> {
    const accountId = await accountOfApp(this.database, appId);
    if (accountId !== null) this.#accountIds.set(appId, accountId);
    return accountId;
  }

  /** What is loaded while its account changes is for those who asked before, and is not kept. */
  #load(accountId: string): Promise<Known | null> {
    const running = this.#loading.get(accountId);
    if (running) return running;
    const loading = this.#stored(accountId).then((known) => {
      if (known && this.#loading.get(accountId) === loading) this.#accounts.set(accountId, known);
      return known;
    });
    const over = (): void => {
      if (this.#loading.get(accountId) === loading) this.#loading.delete(accountId);
    };
    this.#loading.set(accountId, loading);
    loading.then(over, over);
    return loading;
  }

  async #stored(accountId: string): Promise<Known | null> {
    const found = await storedAccount(this.database, accountId);
    return found?.stored ? { account: found.stored.account, isQuarantined: found.quarantine !== null } : null;
  }

  #forget(changed: Changed): void {
    if (changed === 'all') {
      this.#accounts.clear();
      this.#loading.clear();
      return;
    }
    for (const accountId of changed) {
      this.#accounts.delete(accountId);
      this.#loading.delete(accountId);
    }
  }
}
