/**
 * The state as JSON, for the projector's table and the write path's starting point.
 *
 * States are plain JSON but for their maps and the set of references, which are written as lists of entries.
 */
import type { Account } from './accounts/account.js';
import { GrowingSet } from './growing-set.js';

export const toStored = (account: Account): string =>
  JSON.stringify({
    ...account,
    apps: [...account.apps],
    wallet: { ...account.wallet, vouchers: [...account.wallet.vouchers], references: [...account.wallet.references] },
    billing: { ...account.billing, billed: [...account.billing.billed] },
  });

type Entries<V> = V extends ReadonlyMap<infer K, infer T> ? readonly (readonly [K, T])[] : never;

/** What `toStored` wrote; its reader holds it to the chain it was stored with, so its shape is trusted. */
type Stored = Omit<Account, 'apps' | 'wallet' | 'billing'> & {
  readonly apps: Entries<Account['apps']>;
  readonly wallet: Omit<Account['wallet'], 'vouchers' | 'references'> & {
    readonly vouchers: Entries<Account['wallet']['vouchers']>;
    readonly references: readonly string[];
  };
  readonly billing: Omit<Account['billing'], 'billed'> & { readonly billed: Entries<Account['billing']['billed']> };
};

export const fromStored = (stored: string): Account => {
  const account = JSON.parse(stored) as Stored;
  return {
    ...account,
    apps: new Map(account.apps),
    wallet: {
      ...account.wallet,
      vouchers: new Map(account.wallet.vouchers),
      references: GrowingSet.of(account.wallet.references),
    },
    billing: { ...account.billing, billed: new Map(account.billing.billed) },
  };
};
