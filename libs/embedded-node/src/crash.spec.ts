import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type AppendExpectedRevision, type EventData, NO_STREAM } from '@eventstore/db-client';
import { event, Harness, idsOf, PLAIN } from '../test/harness.js';

const harness = new Harness();
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  await harness.dispose();
});

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The node as a process of its own, from source. */
const spawned = (path: string, ...more: string[]): ChildProcess => {
  const source = ['--import', file('../test/ts-source.mjs'), '--disable-warning=ExperimentalWarning', file('main.ts')];
  const child = spawn(process.execPath, [...source, '--path', path, '--port', '0', ...more], { stdio: 'pipe' });
  children.push(child);
  return child;
};

const output = async (child: ChildProcess): Promise<string> => {
  const [text] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return text.toString();
};

const connectionString = async (child: ChildProcess): Promise<string> =>
  /esdb:\S+/.exec(await output(child))?.[0] ?? '';

const behind = ({ length }: EventData[]): AppendExpectedRevision => (length === 0 ? NO_STREAM : BigInt(length - 1));

describe('the node as a process', () => {
  it('keeps every acknowledged append when it is killed, and tells retries by their ids', async () => {
    const path = harness.folder();
    const child = spawned(path);
    const client = harness.client({ connectionString: await connectionString(child) });
    const killed = once(child, 'exit');
    const acknowledged = new Map<string, EventData[]>();
    const unclear = new Map<string, EventData>();
    const write = async (stream: string): Promise<void> => {
      const done: EventData[] = [];
      acknowledged.set(stream, done);
      for (;;) {
        const next = event();
        unclear.set(stream, next);
        await client.appendToStream(stream, next, { ...PLAIN, expectedRevision: behind(done) });
        done.push(next);
        if (stream === 's-0' && done.length === 40) child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 16 }, (_, index) => write(`s-${index}`)));
    await killed;

    const after = harness.client(await harness.node({ path }));
    for (const [stream, done] of acknowledged) {
      // The retry of the append that was under way succeeds, whether it had been written or not.
      const retry = unclear.get(stream);
      const all = retry === undefined ? done : [...done, retry];
      await after.appendToStream(stream, all.slice(done.length), { ...PLAIN, expectedRevision: behind(done) });
      expect(await idsOf(after, stream)).toEqual(all.map(({ id }) => id));
    }
  });

  it('leaves its folder to another when it is killed, not before', async () => {
    const path = harness.folder();
    const child = spawned(path);
    await connectionString(child);
    await expect(harness.node({ path })).rejects.toThrow('Another process uses the store');
    const second = spawned(path);
    const [[code], message] = await Promise.all([once(second, 'exit'), once(second.stderr ?? second, 'data')]);
    expect(code).toBe(1);
    expect(String(message)).toContain('Another process uses the store');
    const killed = once(child, 'exit');
    child.kill('SIGKILL');
    await killed;
    await expect(harness.node({ path })).resolves.toBeDefined();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops in good order on %s', async (signal) => {
    const path = harness.folder();
    const child = spawned(path);
    const client = harness.client({ connectionString: await connectionString(child) });
    await client.appendToStream('s', event(), PLAIN);
    const subscription = client.subscribeToAll();
    subscription.resume();
    await once(subscription, 'caughtUp');
    const ended = once(subscription, 'error');
    const exited = once(child, 'exit');
    child.kill(signal);
    expect((await ended)[0]).toMatchObject({ type: 'unavailable' });
    expect(await exited).toEqual([0, null]);
  });

  it('does not start with options that make no sense', async () => {
    const child = spawned(harness.folder(), '--port', 'many');
    const [[code], message] = await Promise.all([once(child, 'exit'), once(child.stderr ?? child, 'data')]);
    expect(code).toBe(1);
    expect(String(message)).toContain('"many" is no port number.');
  });
});
