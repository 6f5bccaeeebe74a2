import { randomUUID } from 'node:crypto';
import type { ProposedEvent } from '../wire/write-requests.js';
import { append, type Outcome } from './commands.js';
import { EventLog } from './event-log.js';
import { GroupCommit, NotAccepting } from './group-commit.js';

const event = (size = 10): ProposedEvent => ({
  id: randomUUID(),
  type: 'Happened',
  contentType: 'application/octet-stream',
  metadata: new Uint8Array(0),
  data: Buffer.alloc(size, 1),
});

describe('group commit', () => {
  let log: EventLog;
  let commits: GroupCommit;
  let fatal: Error[];
  let transactions: number;

  beforeEach(() => {
    log = new EventLog(':memory:');
    fatal = [];
    commits = new GroupCommit(log, (error) => fatal.push(error));
    transactions = 0;
    log.onCommit(() => (transactions += 1));
  });

  afterEach(() => log.close());

  const submit = (stream: string, ...events: ProposedEvent[]): Promise<Outcome> =>
    commits.submit((now) => append(log, { stream, expected: 'any' }, events, now));

  it('makes one transaction of what arrives together', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => submit(`s-${index}`, event())));
    expect(transactions).toBe(1);
  });

  it('lets a refused append leave no trace and undo no other', async () => {
    const first = event();
    await submit('s', first);
    const outcomes = await Promise.all([submit('a', event()), submit('s', first, event()), submit('b', event())]);
    expect(outcomes.map(({ is }) => is)).toEqual(['written', 'wrong-expected-version', 'written']);
    expect(log.stream('s').lastRevision).toBe(0);
  });

  it('commits what has arrived when it is closed, then takes no more', async () => {
    const last = submit('s', event());
    commits.close();
    await expect(last).resolves.toMatchObject({ is: 'written' });
    await expect(submit('s', event())).rejects.toBeInstanceOf(NotAccepting);
  });

  it('ends when the log cannot be written, and shows nothing of what was not', async () => {
    await submit('s', event());
    const before = log.lastPosition;
    log.db.exec('PRAGMA max_page_count = 1');
    const appends = await Promise.allSettled([submit('s', event(100_000)), submit('t', event(100_000))]);
    expect(appends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fatal).toHaveLength(1);
    expect(log.lastPosition).toBe(before);
    expect(log.db.prepare('SELECT count(*) AS events FROM events').get()).toMatchObject({ events: 1 });
    await expect(submit('s', event())).rejects.toBeInstanceOf(NotAccepting);
    expect(fatal).toHaveLength(1);
  });
});
