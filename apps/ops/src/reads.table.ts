/** The reads of the service, one entry a verb. What each asks and shows is held to the OpenAPI document by the compiler. */
import type { paths } from './generated/api.js';
import type { Api } from './service-client.js';

/** What may be asked of a path by name. */
type Query<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

/** What the client answers: data, because every other outcome is thrown. */
type Answered<A> = Promise<{ readonly data?: A }>;

/** Every list has them; `ledger` pages by itself. */
type Paging = 'after' | 'limit' | 'order' | 'minPosition';

type Text = { readonly [name: string]: string };

export type Filters = { readonly [name: string]: string };

export type ListPage = {
  /** What stands beside the list, such as a wallet's balances. */
  readonly head: object | null;
  readonly rows: readonly object[];
  readonly next: string | null;
};

export type List = {
  /** By name, with what each means. */
  readonly filters: Filters;
  readonly columns: readonly string[];
  readonly page: (api: Api, ids: Ids, query: Text) => Promise<ListPage>;
};

export type One = {
  readonly filters: Filters;
  readonly get: (api: Api, ids: Ids, query: Text) => Promise<object>;
};

/** The arguments of a verb, in their order. */
type Ids = readonly [string, string];

export type Read = {
  readonly verb: string;
  readonly does: string;
  /** As the help shows them: `<account>`, `[app]`; with an optional one the verb shows a list without it, one thing with it. */
  readonly args: readonly string[];
  readonly list?: List;
  readonly one?: One;
  /** Whether the list is read from a stream, which may be shown from its end. */
  readonly isStream?: true;
  readonly examples: readonly [string, ...string[]];
};

/** A nested field is shown by its path: `paid.cash`. */
type Column<R> = (keyof R & string) | `${keyof R & string}.${string}`;

const list = <Q extends object, A extends { readonly next: string | null }, R extends object>(of: {
  readonly page: (api: Api, ids: Ids, query: Q) => Answered<A>;
  readonly rows: (answer: A) => readonly R[];
  readonly columns: readonly Column<R>[];
  readonly filters: { readonly [N in Exclude<keyof Q & string, Paging>]-?: string };
  readonly head?: (answer: A) => object;
}): List => ({
  columns: of.columns,
  filters: of.filters,
  page: async (api, ids, query) => {
    const answer = dataOf(await of.page(api, ids, query as Q));
    return { head: of.head?.(answer) ?? null, rows: of.rows(answer), next: answer.next };
  },
});

const one = <Q extends object, A extends object>(
  get: (api: Api, ids: Ids, query: Q) => Answered<A>,
  filters: { readonly [N in Exclude<keyof Q & string, Paging>]-?: string },
): One => ({ filters, get: async (api, ids, query) => dataOf(await get(api, ids, query as Q)) });

const dataOf = <A>({ data }: { readonly data?: A }): A => {
  if (data === undefined) throw new Error('the service answered success without a document');
  return data;
};

const INSTANT = 'an instant such as 2024-08-01T10:00:00+08:00';

export const READS: readonly Read[] = [
  {
    verb: 'accounts',
    does: 'the accounts, or one with its wallet and arrears',
    args: ['[account]'],
    one: one((api, [id]) => api.GET('/v1/accounts/{id}', { params: { path: { id } } }), {}),
    list: list({
      page: (api, _, query: Query<'/v1/accounts'>) => api.GET('/v1/accounts', { params: { query } }),
      rows: ({ accounts }) => accounts,
      columns: ['accountId', 'currency', 'cash', 'gift', 'overdueSince', 'suspendsAt', 'banned', 'quarantined'],
      filters: {
        currency: 'CNY or USD',
        banned: 'true or false',
        overdueSince: `overdue since then or longer, the longest first: ${INSTANT}`,
      },
    }),
    examples: ['accounts', 'accounts acme', 'accounts --currency USD --banned false --all'],
  },
  {
    verb: 'apps',
    does: 'the apps, or one with its package, terms and entitlements',
    args: ['[app]'],
    one: one((api, [appId]) => api.GET('/v1/apps/{appId}', { params: { path: { appId } } }), {}),
    list: list({
      page: (api, _, query: Query<'/v1/apps'>) => api.GET('/v1/apps', { params: { query } }),
      rows: ({ apps }) => apps,
      columns: ['appId', 'accountId', 'status', 'package', 'termEndsAt', 'renewal', 'priceBook', 'holds', 'reclaimAt'],
      filters: {
        accountId: 'those of the account',
        status: 'trial, active, grace, suspended, reclaimed or deleted',
        hold: 'those that do not serve for it: arrears, banned, disabled, lapsed, refunded or trial-over',
        priceBook: 'those that follow the book',
        package: 'those that have the package, or had it last',
        termEndsBefore: `those whose term ends before then, the first first: ${INSTANT}`,
      },
    }),
    examples: ['apps 1400000001', 'apps --account-id acme', 'apps --status grace --json'],
  },
  {
    verb: 'entitlements',
    does: 'what an app may do, now or at any instant, and why it does not serve',
    args: ['<app>'],
    one: one(
      (api, [appId], query: Query<'/v1/apps/{appId}/entitlements'>) =>
        api.GET('/v1/apps/{appId}/entitlements', { params: { path: { appId }, query } }),
      { at: `as of then: ${INSTANT}` },
    ),
    examples: ['entitlements 1400000001', 'entitlements 1400000001 --at 2024-08-15T00:00:00+08:00 --json'],
  },
  {
    verb: 'usage',
    does: "a month of an app: each day's figure, the peak, what it costs so far",
    args: ['<app>'],
    one: one(
      (api, [appId], query: Query<'/v1/apps/{appId}/usage'>) =>
        api.GET('/v1/apps/{appId}/usage', { params: { path: { appId }, query } }),
      { month: 'of UTC+08:00, such as 2024-08; the current one by default' },
    ),
    examples: ['usage 1400000001', 'usage 1400000001 --month 2024-08'],
  },
  {
    verb: 'orders',
    does: 'what was ordered and paid for the apps of an account',
    args: ['<account>'],
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/orders'>) =>
        api.GET('/v1/accounts/{id}/orders', { params: { path: { id }, query } }),
      rows: ({ orders }) => orders,
      columns: [
        ...(['orderId', 'origin', 'product', 'months', 'quantity', 'startsAt', 'endsAt', 'amount'] as const),
        ...(['paid.cash', 'paid.gift', 'paid.vouchers', 'refundedAt'] as const),
      ],
      filters: { appId: 'those of the app', product: 'those of the product' },
    }),
    examples: ['orders acme', 'orders acme --app-id 1400000001'],
  },
  {
    verb: 'bills',
    does: 'the bills of an account',
    args: ['<account>'],
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/bills'>) =>
        api.GET('/v1/accounts/{id}/bills', { params: { path: { id }, query } }),
      rows: ({ bills }) => bills,
      columns: ['billId', 'period', 'issuedAt', 'total', 'cash', 'gift', 'lines', 'complete'],
      filters: {},
    }),
    examples: ['bills acme'],
  },
  {
    verb: 'bill-lines',
    does: 'the lines of a bill',
    args: ['<account>', '<bill>'],
    list: list({
      page: (api, [id, billId], query: Query<'/v1/accounts/{id}/bills/{billId}/lines'>) =>
        api.GET('/v1/accounts/{id}/bills/{billId}/lines', { params: { path: { id, billId }, query } }),
      rows: ({ lines }) => lines,
      columns: [
        ...(['appId', 'meter', 'region', 'figure', 'peakDay', 'free', 'units', 'unitPrice'] as const),
        ...(['share.served', 'share.of', 'amount'] as const),
      ],
      filters: {},
    }),
    examples: ['bill-lines acme acme-2024-08'],
  },
  {
    verb: 'wallet',
    does: 'the balances of an account, and its vouchers',
    args: ['<account>'],
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/wallet'>) =>
        api.GET('/v1/accounts/{id}/wallet', { params: { path: { id }, query } }),
      head: ({ accountId, currency, cash, gift }) => ({ accountId, currency, cash, gift }),
      rows: ({ vouchers }) => vouchers,
      columns: ['voucherId', 'amount', 'used', 'validFrom', 'validUntil', 'minimumOrder', 'products'],
      filters: {},
    }),
    examples: ['wallet acme'],
  },
  {
    verb: 'journal',
    does: "the movements of an account's wallet, with the balances after each",
    args: ['<account>'],
    isStream: true,
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/journal'>) =>
        api.GET('/v1/accounts/{id}/journal', { params: { path: { id }, query } }),
      rows: ({ entries }) => entries,
      columns: ['revision', 'at', 'type', 'cash', 'gift', 'balance.cash', 'balance.gift', 'appId', 'product', 'billId'],
      filters: {},
    }),
    examples: ['journal acme', 'journal acme --newest-first --limit 5'],
  },
  {
    verb: 'issued-notices',
    does: 'the notices that were issued to an account',
    args: ['<account>'],
    isStream: true,
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/notices'>) =>
        api.GET('/v1/accounts/{id}/notices', { params: { path: { id }, query } }),
      rows: ({ notices }) => notices,
      columns: ['revision', 'at', 'notice', 'appId', 'daysLeft'],
      filters: {},
    }),
    examples: ['issued-notices acme', 'issued-notices acme --newest-first --limit 5'],
  },
  {
    verb: 'refusals',
    does: 'what was asked of an account and refused, by whom and why',
    args: ['<account>'],
    isStream: true,
    list: list({
      page: (api, [id], query: Query<'/v1/accounts/{id}/refusals'>) =>
        api.GET('/v1/accounts/{id}/refusals', { params: { path: { id }, query } }),
      rows: ({ refusals }) => refusals,
      columns: ['at', 'command.name', 'refusal', 'clause', 'details', 'actor.subject', 'actor.role'],
      filters: {},
    }),
    examples: ['refusals acme --newest-first'],
  },
];
