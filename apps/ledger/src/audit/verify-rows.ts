/** What the service keeps of an account beside its streams, held to them: the stored state and the rows. */
import { firstDifference, shown, type Finding } from '@ledger/audit';
import { accountStream, evolve, FOLD_VERSION, toStored, type Account } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode, type EventStore } from '@ledger/event-store';
import { storedState, verifyAccount, type Projector, type ReadDatabase } from '@ledger/read-models';

/** How long rows are waited for that are not there yet. */
const LONGEST_WAIT_MS = 2000;

export type Kept = { readonly database: ReadDatabase; readonly store: EventStore; readonly projector: Projector };

/** Of an account whose stream can be folded. Throws a StoreError, or what the database throws. */
export const verifyRows = async (kept: Kept, accountId: string): Promise<readonly Finding[]> => {
  const { database, store } = kept;
  const missing = await missingRow(kept, accountId);
  if (missing) return [missing];
  const differences = await verifyAccount(database, store, accountId);
  const rows = differences.map(({ table, key, column, served, expected }): Finding => ({
    kind: 'row-differs',
    stream: accountStream(accountId),
    revision: null,
    what: [table, key, ...(column === null ? [] : [column])].join(' '),
    expected,
    actual: served,
  }));
  return [...rows, ...(await stateFindings(kept, accountId))];
};

/** The row of an account whose last event the projector has come past. */
const missingRow = async ({ database, store, projector }: Kept, accountId: string): Promise<Finding | null> => {
  if (await storedState(database, accountId)) return null;
  const stream = accountStream(accountId);
  for await (const last of store.read(stream, { direction: 'backwards', limit: 1, requiresLeader: true })) {
    const isPast = await projector.progress.reaches(last.position, LONGEST_WAIT_MS);
    if (!isPast || (await storedState(database, accountId))) return null;
    const revision = String(last.revision);
    return { kind: 'row-differs', stream, revision, what: `accounts ${accountId}`, expected: 'a row', actual: null };
  }
  return null;
};

/** A state of an older fold is ignored by whoever reads it, and so here. */
const stateFindings = async ({ database, store }: Kept, accountId: string): Promise<readonly Finding[]> => {
  const stored = await storedState(database, accountId);
  if (stored === null || stored.foldVersion !== FOLD_VERSION) return [];
  const stream = accountStream(accountId);
  let account: Account | null = null;
  let chain: unknown = null;
  const limit = Number(stored.revision) + 1;
  for await (const recorded of store.read(stream, { limit, requiresLeader: true })) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') return [];
    account = evolve(account, decoded.event);
    chain = decoded.metadata.chain;
  }
  const state: unknown = account && JSON.parse(toStored(account));
  const difference = firstDifference({ state, chain }, { state: parsed(stored.state), chain: stored.chain });
  if (!difference) return [];
  const { path, expected, actual } = difference;
  return [
    {
      kind: 'state-differs',
      stream,
      revision: String(stored.revision),
      what: path,
      expected: shown(expected),
      actual: shown(actual),
    },
  ];
};

/** A text that is no JSON any more stands for itself, and is not the state. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
