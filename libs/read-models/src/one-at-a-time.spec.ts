import { setTimeout } from 'node:timers/promises';
import { DATABASES, testDatabase } from './testing/databases.js';
import { OneAtATime, type Turn } from './one-at-a-time.js';
import { takeLease } from './lease.js';

const closing = new AsyncDisposableStack();
afterAll(() => closing.disposeAsync());

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await setTimeout(10);
};

/** Works until it may not any more, and notes when it does. */
class Worker {
  turns: Turn[] = [];
  troubles: unknown[] = [];
  isWorking = false;

  readonly work = async (turn: Turn): Promise<void> => {
    this.turns.push(turn);
    this.isWorking = true;
    await until(() => turn.signal.aborted);
    this.isWorking = false;
  };
}

describe.each(DATABASES)('%s', (kind) => {
  it('works until it is stopped, and leaves the lease to the next at once', async () => {
    const database = await (await testDatabase(kind, closing)).open();
    const worker = new Worker();
    const one = new OneAtATime({ database, name: 'notices', work: worker.work, onTrouble: () => undefined });
    one.start();
    await until(() => worker.isWorking);
    await one.stop();
    expect(worker).toMatchObject({ isWorking: false, turns: [expect.anything()] });
    expect(await takeLease(database, { name: 'notices', holder: 'next' }, 'when-free')).toBe(true);
  });

  it('begins again after a failure, and says which', async () => {
    const database = await (await testDatabase(kind, closing)).open();
    const troubles: unknown[] = [];
    let begun = 0;
    const one = new OneAtATime({
      database,
      name: 'notices',
      work: () => {
        begun += 1;
        throw new Error(`failure ${begun}`);
      },
      onTrouble: (error) => troubles.push(error),
    });
    one.start();
    await until(() => begun === 2);
    await one.stop();
    expect(troubles).toMatchObject([{ message: 'failure 1' }, { message: 'failure 2' }]);
  });

  it('ends a turn that another has taken, and cannot write in it any more', async () => {
    const database = await (await testDatabase(kind, closing)).open();
    const worker = new Worker();
    const one = new OneAtATime({ database, name: 'notices', work: worker.work, onTrouble: () => undefined });
    one.start();
    closing.defer(() => one.stop());
    await until(() => worker.isWorking);
    const [turn] = worker.turns;
    await database.db.transaction().execute((transaction) => turn?.hold(transaction) ?? Promise.reject());
    await takeLease(database, { name: 'notices', holder: 'another' }, 'by-force');
    await expect(
      database.db.transaction().execute((transaction) => turn?.hold(transaction) ?? Promise.resolve()),
    ).rejects.toMatchObject({ name: 'Overtaken' });
    await until(() => !worker.isWorking);
    expect(turn?.signal.aborted).toBe(true);
  });
});

describe('PostgreSQL', () => {
  it('of two processes one works; the other takes over when that one is gone without a word', async () => {
    const shared = await testDatabase('PostgreSQL', closing);
    const [first, second] = [new Worker(), new Worker()];
    const [a, b] = [await shared.open(), await shared.open()];
    const common = { name: 'notices', onTrouble: () => undefined } as const;
    const one = new OneAtATime({ ...common, database: a, work: first.work });
    const other = new OneAtATime({ ...common, database: b, work: second.work });
    one.start();
    closing.defer(() => one.stop());
    await until(() => first.isWorking);
    other.start();
    closing.defer(() => other.stop());
    await setTimeout(1500);
    expect(second.turns).toEqual([]);
    // As if it were gone: it cannot say any more that it lives.
    await a.close();
    await until(() => second.isWorking);
    expect(second.turns).toHaveLength(1);
  }, 30_000);
});
