import { randomUUID } from 'node:crypto';
import { accountStream, type BillIssued, type BillLine } from '@ledger/domain';
import { startEmbeddedNode } from '@ledger/embedded-node';
import { EventStoreAdapter, type EventStore, type NewEvent, type RecordedEvent } from '@ledger/event-store';
import { Projector } from './projector.js';
import { billLinesPage, billsPage } from './queries/bills.js';
import { WRONG_CURSOR } from './queries/keyset.js';
import { DATABASES, testDatabase } from './testing/databases.js';
import { writePast } from './testing/history.js';
import { verifyAccount } from './verify.js';

const closing = new AsyncDisposableStack();
afterAll(() => closing.disposeAsync());

const PAGE = { after: null, limit: 10 };

const line = (meter: string, amount: string): BillLine => ({
  appId: 'b-1',
  meter,
  figure: 3,
  free: 0,
  units: 3,
  unitPrice: '1',
  book: 'intl-2024',
  package: 'standard',
  share: { served: 60, of: 60 },
  amount,
});

const part = (number: number, lines: readonly BillLine[], total: string): BillIssued => ({
  type: 'BillIssued',
  accountId: 'b',
  effectiveAt: '2025-01-31T16:00:00Z',
  billId: 'b-2025-01',
  period: '2025-01',
  lines,
  total,
  gift: '0.00',
  cash: `-${total}`,
  sources: [],
  part: number,
  parts: 2,
});

/** As one of the account's own events is written, but for the chain, which only an auditor looks at. */
const written = ({ metadata }: RecordedEvent, { type, ...data }: BillIssued): NewEvent => ({
  id: randomUUID(),
  type,
  data: JSON.parse(JSON.stringify(data)) as NewEvent['data'],
  metadata: metadata as NewEvent['metadata'],
});

const lastOf = async (store: EventStore): Promise<RecordedEvent> => {
  const last = store.read(accountStream('b'), { direction: 'backwards', limit: 1, requiresLeader: true });
  for await (const recorded of last) return recorded;
  throw new Error('the account has no event');
};

describe.each(DATABASES)('%s', (kind) => {
  it('joins the parts of a bill: one row, with all lines in their order, complete with the last', async () => {
    const node = await startEmbeddedNode({ path: ':memory:' });
    closing.defer(() => node.stop());
    const store = new EventStoreAdapter({ connectionString: node.connectionString });
    closing.defer(() => store.close());
    await writePast(store, 'b');
    const database = await (await testDatabase(kind, closing)).open();
    const projector = new Projector(database, store, () => Promise.resolve('store-1'));
    closing.defer(() => projector.stop());
    projector.start();
    const last = await lastOf(store);
    const shown = async (): Promise<unknown> => {
      const bills = await billsPage(database, 'b', PAGE);
      const lines = await billLinesPage(database, 'b-2025-01', PAGE);
      if (bills === WRONG_CURSOR || lines === WRONG_CURSOR) throw new Error('a page without a cursor');
      const found = bills.items.find(({ billId }) => billId === 'b-2025-01');
      return found && { ...found, meters: lines.items.map(({ meter }) => meter) };
    };
    const issue = async (number: number, lines: readonly BillLine[], total: string): Promise<void> => {
      const result = await store.append(accountStream('b'), [written(last, part(number, lines, total))], 'any');
      if (result.kind !== 'appended' || result.position === null) throw new Error(result.kind);
      expect(await projector.progress.reaches(result.position, 20_000)).toBe(true);
    };
    await issue(1, [line('mau', '1.00'), line('bot-messages', '2.00')], '3.00');
    const first = { total: '3.00', cash: '-3.00', lines: 2, complete: false, meters: ['mau', 'bot-messages'] };
    expect(await shown()).toMatchObject(first);
    await issue(2, [line('history', '4.00')], '4.00');
    const both = { total: '7.00', cash: '-7.00', lines: 3, complete: true, meters: ['mau', 'bot-messages', 'history'] };
    expect(await shown()).toMatchObject(both);
    expect(await verifyAccount(database, store, 'b')).toEqual([]);
  });
});
