import type { Batch, RecordedEvent } from '@ledger/event-store';
import { Pace } from './pace.js';

const event = (commit: bigint): RecordedEvent => ({
  stream: 'account-a',
  revision: commit,
  position: { commit, prepare: commit },
  id: String(commit),
  type: 'FundsToppedUp',
  data: {},
  metadata: {},
});

const batchOf = (events: number): Batch => ({
  events: Array.from({ length: events }, (_, i) => event(BigInt(i))),
  position: { commit: 1000n, prepare: 1000n },
  caughtUp: true,
});

const ON_THREAD = { mostEventsPerBatch: 100, isOnThread: true };

const sizes = (pace: Pace, events: number): readonly number[] =>
  [...pace.partsOf(batchOf(events))].map((part) => part.events.length);

const keepTheThread = (): void => {
  const before = process.threadCpuUsage();
  while (process.threadCpuUsage(before).user < 15_000);
};

describe('the pace of a projector', () => {
  it('cuts a batch into parts that move the checkpoint to their last events, and the last one to the end', () => {
    const parts = [...new Pace(ON_THREAD).partsOf(batchOf(45))];
    expect(parts.map(({ events }) => events.length)).toEqual([20, 20, 5]);
    expect(parts.map(({ position }) => position)).toEqual([
      { commit: 19n, prepare: 19n },
      { commit: 39n, prepare: 39n },
      { commit: 1000n, prepare: 1000n },
    ]);
    expect(parts.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
  });

  it('gives the checkpoint of a batch without events', () =>
    expect([...new Pace(ON_THREAD).partsOf(batchOf(0))]).toEqual([
      { events: [], position: { commit: 1000n, prepare: 1000n }, caughtUp: true },
    ]));

  it('halves what kept the thread too long, down to one event', () => {
    const pace = new Pace(ON_THREAD);
    pace.learn(20, 40);
    expect(sizes(pace, 20)).toEqual([10, 10]);
    for (let i = 0; i < 10; i++) pace.learn(sizes(pace, 20)[0] ?? 0, 40);
    expect(sizes(pace, 3)).toEqual([1, 1, 1]);
  });

  it('learns within a batch', () => {
    const pace = new Pace(ON_THREAD);
    const found: number[] = [];
    for (const part of pace.partsOf(batchOf(40))) {
      found.push(part.events.length);
      pace.learn(part.events.length, 40);
    }
    expect(found).toEqual([20, 10, 5, 2, 1, 1, 1]);
  });

  it('takes more again when it is quick, never more than the database takes', () => {
    const pace = new Pace({ mostEventsPerBatch: 60, isOnThread: true });
    for (let i = 0; i < 5; i++) pace.learn(60, 1);
    expect(sizes(pace, 130)).toEqual([60, 60, 10]);
  });

  it('does not take more because a small part was quick', () => {
    const pace = new Pace(ON_THREAD);
    pace.learn(3, 1);
    expect(sizes(pace, 30)).toEqual([20, 10]);
  });

  it('takes what a database elsewhere takes, however long that is', async () => {
    const pace = new Pace({ mostEventsPerBatch: 250, isOnThread: false });
    for (const part of pace.partsOf(batchOf(250)))
      await pace.take(part, () => new Promise((resolve) => setTimeout(resolve, 30)));
    expect(sizes(pace, 260)).toEqual([250, 10]);
  });

  it('halves what really kept the thread', async () => {
    const pace = new Pace(ON_THREAD);
    const [part] = [...pace.partsOf(batchOf(20))];
    if (part) await pace.take(part, () => Promise.resolve(keepTheThread()));
    expect(sizes(pace, 20)).toEqual([10, 10]);
  });
});
