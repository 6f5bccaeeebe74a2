/**
 * The work of the clock, shared by all processes of a database: which accounts are due, who is at work on which, and which
 * are set aside until somebody looks.
 *
 * Claims only spare work. Two who advance one account write the same facts once (P-0.7): a claim that is lost, or held by a
 * process that is dead, costs time and nothing else.
 */
import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
} from 'kysely';
import type { ReadDatabase } from '../database.js';
import type { Tables, Whole } from '../tables.js';

export type ClockClaimRow = {
  account_id: string;
  /**
   * `working`: the holder is at it. `advanced`: it was, and the account's row is out of date until it has come to `revision`.
   * `failed`: not to be tried again yet.
   */
  state: 'working' | 'advanced' | 'failed';
  holder: string;
  /** Milliseconds of the database's clock; whatever the state is, it ends then. */
  until: Whole;
  revision: Whole;
  /** How often the account has failed in a row. */
  tries: number;
};

/** A month's end has a lane of its own; an account in which anything else is due too is in the prompt one. */
export type Lane = 'prompt' | 'settlement';
export const LANES: readonly Lane[] = ['prompt', 'settlement'];

/** A holder who says nothing for so long is taken to be dead. */
export const CLAIM_MS = 5000;
/** How long the row of an account that was advanced may stay behind before somebody looks again. */
const PROJECTED_MS = 60_000;

const COLUMNS = { prompt: 'prompt_due_at', settlement: 'settlement_due_at' } as const;

type Accounts = SelectQueryBuilder<Tables, 'accounts', object>;

const dueIn = (db: Kysely<Tables>, lane: Lane, now: number): Accounts => {
  const due = db.selectFrom('accounts').where(`accounts.${COLUMNS[lane]}`, '<=', now);
  if (lane === 'prompt') return due;
  return due.where((eb) => eb.or([eb('prompt_due_at', 'is', null), eb('prompt_due_at', '>', now)]));
};

type OfAccounts = ExpressionBuilder<Tables, 'accounts'>;

const isNotSetAside = (eb: OfAccounts): Expression<SqlBool> =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('ops_clock_set_asides')
        .select('ops_clock_set_asides.account_id')
        .whereRef('ops_clock_set_asides.account_id', '=', 'accounts.account_id'),
    ),
  );

/** Whether no claim on the account is in anybody's way. */
const isFree =
  ({ now }: ReadDatabase) =>
  (eb: OfAccounts): Expression<SqlBool> => {
    const claim = eb
      .selectFrom('ops_clock_claims')
      .select('ops_clock_claims.account_id')
      .whereRef('ops_clock_claims.account_id', '=', 'accounts.account_id')
      .where(sql<SqlBool>`ops_clock_claims.until > ${now}`)
      .where((of) =>
        of.or([
          of('ops_clock_claims.state', '!=', 'advanced'),
          of('ops_clock_claims.revision', '>', of.ref('accounts.revision')),
        ]),
      );
    return eb.not(eb.exists(claim));
  };

export type Claim = { readonly accountId: string; readonly tries: number; readonly revision: bigint };

export type Wanted = { readonly lane: Lane; readonly now: number; readonly most: number; readonly holder: string };

/** Takes accounts that are due at `now` (whole seconds), the longest due first. */
export const claimDue = (database: ReadDatabase, { lane, now, most, holder }: Wanted): Promise<readonly Claim[]> =>
  database.db.transaction().execute(async (transaction) => {
    await database.alone(transaction);
    const column = `accounts.${COLUMNS[lane]}` as const;
    const until = sql<number>`${database.now} + ${sql.lit(CLAIM_MS)}`;
    const due = dueIn(transaction, lane, now)
      .where(isNotSetAside)
      .where(isFree(database))
      .orderBy(column)
      .orderBy('accounts.account_id')
      .limit(most)
      .select(['accounts.account_id', sql.lit('working').as('state'), sql<string>`${holder}`.as('holder')])
      .select([until.as('until'), 'accounts.revision', sql.lit(0).as('tries')]);
    const claimed = await transaction
      .insertInto('ops_clock_claims')
      .columns(['account_id', 'state', 'holder', 'until', 'revision', 'tries'])
      .expression(due)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({
          state: 'working',
          holder,
          until,
          revision: (eb) => eb.ref('excluded.revision'),
        }),
      )
      .returning(['account_id', 'tries', 'revision'])
      .execute();
    return claimed.map(({ account_id, tries, revision }) => ({
      accountId: account_id,
      tries,
      revision: BigInt(revision),
    }));
  });

/** What became of a claim. */
export type Finished = { readonly accountId: string } & (
  | { readonly kind: 'advanced'; readonly revision: string }
  | { readonly kind: 'failed'; readonly tries: number; readonly retryInMs: number }
);

/** Gives claims back: those who advanced wait for their rows, those who failed for another try. */
export const finishClaims = async (database: ReadDatabase, finished: readonly Finished[]): Promise<void> => {
  if (finished.length === 0) return;
  const after = (milliseconds: number) => sql<number>`${database.now} + ${sql.lit(milliseconds)}`;
  const rows = finished.map((one) => {
    const row = { account_id: one.accountId, state: one.kind, holder: '' };
    if (one.kind === 'advanced') return { ...row, until: after(PROJECTED_MS), revision: one.revision, tries: 0 };
    return { ...row, until: after(Math.ceil(one.retryInMs)), revision: 0, tries: one.tries };
  });
  await database.db.transaction().execute(async (transaction) => {
    await database.alone(transaction);
    await transaction
      .insertInto('ops_clock_claims')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet((eb) => ({
          state: eb.ref('excluded.state'),
          holder: eb.ref('excluded.holder'),
          until: eb.ref('excluded.until'),
          revision: eb.ref('excluded.revision'),
          tries: eb.ref('excluded.tries'),
        })),
      )
      .execute();
  });
};

/** Says that the holder is still at these accounts, and takes away what is in nobody's way any more. */
export const keepClaims = (database: ReadDatabase, holder: string, accountIds: readonly string[]): Promise<void> =>
  database.db.transaction().execute(async (transaction) => {
    await database.alone(transaction);
    if (accountIds.length > 0)
      await transaction
        .updateTable('ops_clock_claims')
        .set({ until: sql<number>`${database.now} + ${sql.lit(CLAIM_MS)}` })
        .where('account_id', 'in', accountIds)
        .where('holder', '=', holder)
        .where('state', '=', 'working')
        .execute();
    await transaction
      .deleteFrom('ops_clock_claims')
      .where('state', '=', 'advanced')
      .where((eb) =>
        eb.or([
          sql<SqlBool>`until <= ${database.now}`,
          eb.exists(
            eb
              .selectFrom('accounts')
              .select('accounts.account_id')
              .whereRef('accounts.account_id', '=', 'ops_clock_claims.account_id')
              .whereRef('accounts.revision', '>=', 'ops_clock_claims.revision'),
          ),
        ]),
      )
      .execute();
  });

/** Gives back what a holder is at; null for whoever was before, where nobody else can be. */
export const dropClaims = async ({ db }: ReadDatabase, holder: string | null): Promise<void> => {
  await db
    .deleteFrom('ops_clock_claims')
    .where('state', '=', 'working')
    .$if(holder !== null, (query) => query.where('holder', '=', holder ?? ''))
    .execute();
};

/** The first deadline in the lane after `now`, in whole seconds; null when there is none. */
export const nextDeadline = async ({ db }: ReadDatabase, lane: Lane, now: number): Promise<number | null> => {
  const column = `accounts.${COLUMNS[lane]}` as const;
  const first = db.selectFrom('accounts').select(`${column} as due_at`).where(column, '>', now).orderBy(column);
  const due = (await first.limit(1).executeTakeFirst())?.due_at ?? null;
  return due === null ? null : Number(due);
};

/** How many accounts are due at `now` and not set aside, as far as their rows have come. */
export const accountsDue = async ({ db }: ReadDatabase, now: number): Promise<{ readonly [L in Lane]: number }> => {
  const count = async (lane: Lane): Promise<number> => {
    const counted = dueIn(db, lane, now).where(isNotSetAside);
    const { n } = await counted.select((eb) => eb.fn.countAll<number | string>().as('n')).executeTakeFirstOrThrow();
    return Number(n);
  };
  return { prompt: await count('prompt'), settlement: await count('settlement') };
};
