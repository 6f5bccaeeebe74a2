import type { Account } from '@ledger/domain';
import { accountOfApp, Projector, storedAccount, type Changed, type ReadDatabase } from '@ledger/read-models';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { READ_DATABASE } from '../service/tokens.js';

/** Of all accounts together; a big account has 300. */
const MOST_APPS = 20_000;

/**
 * The states of the accounts that were asked for last, as their rows have them. The projector says which have changed,
 * and those are forgotten before anybody can know of the change.
 */
@Injectable()
export class KnownAccounts {
  /** An app belongs to one account for ever. */
  readonly #accountIds = new LRUCache<string, string>({ max: 100_000 });
  readonly #accounts = new LRUCache<string, Account>({
    maxSize: MOST_APPS,
    sizeCalculation: ({ apps }) => apps.size + 1,
  });
  readonly #loading = new Map<string, Promise<Account | null>>();

  constructor(
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
    projector: Projector,
  ) {
    projector.onChanged((changed) => this.#forget(changed));
  }

  /** The state of the app's account, in which the app is; null when there is no such app. */
  async ofApp(appId: string): Promise<Account | null> {
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
  #load(accountId: string): Promise<Account | null> {
    const running = this.#loading.get(accountId);
    if (running) return running;
    const loading = this.#stored(accountId).then((account) => {
      if (account && this.#loading.get(accountId) === loading) this.#accounts.set(accountId, account);
      return account;
    });
    const over = (): void => {
      if (this.#loading.get(accountId) === loading) this.#loading.delete(accountId);
    };
    this.#loading.set(accountId, loading);
    loading.then(over, over);
    return loading;
  }

  async #stored(accountId: string): Promise<Account | null> {
    return (await storedAccount(this.database, accountId))?.stored?.account ?? null;
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
