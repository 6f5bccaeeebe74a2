import { jest } from '@jest/globals';
import { event, Harness, idsOf, PLAIN } from '../test/harness.js';
import { startEmbeddedNodeInWorker } from './in-worker.js';

const harness = new Harness();
afterEach(() => harness.dispose());

const FROM_SOURCE = new URL('../test/worker-entry.mjs', import.meta.url);

describe('the node in a thread', () => {
  it('serves as any other, and stops', async () => {
    const path = harness.folder();
    const fatal: Error[] = [];
    const onFatal = (error: Error): number => fatal.push(error);
    const node = await startEmbeddedNodeInWorker({ path, secret: 'secret', onFatal }, FROM_SOURCE);
    const client = harness.client(node);
    await client.appendToStream('s', event(), PLAIN);
    expect(await idsOf(client, 's')).toHaveLength(1);
    await client.dispose();
    await node.stop();
    const again = harness.client(await harness.node({ path }));
    expect(await idsOf(again, 's')).toHaveLength(1);
    expect(fatal).toEqual([]);
  });

  it('says why it has not started', async () => {
    const path = harness.folder();
    await harness.node({ path });
    await expect(startEmbeddedNodeInWorker({ path }, FROM_SOURCE)).rejects.toThrow('Another process uses the store');
  });

  it.each([
    ['throws', 'throw new Error("died")', 'died'],
    ['exits', 'process.exit(3)', 'with code 3'],
    ['can no longer write', 'report({ is: "fatal", error: new Error("disk full") })', 'disk full'],
  ])('reports a thread that %s, once', async (_how, end, message) => {
    const code = `import { parentPort } from 'node:worker_threads';
      const report = (message) => parentPort.postMessage(message);
      report({ is: 'listening', port: 1, connectionString: '' });
      parentPort.once('message', () => {});
      setTimeout(() => { ${end}; }, 20);`;
    const died = Promise.withResolvers<Error>();
    const onFatal = jest.fn(died.resolve);
    const entry = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
    const node = await startEmbeddedNodeInWorker({ path: ':memory:', onFatal }, entry);
    expect((await died.promise).message).toContain(message);
    await node.stop();
    expect(onFatal).toHaveBeenCalledTimes(1);
  });

  it('does not start from what is no node', async () => {
    const nothing = new URL('../test/ts-source.mjs', import.meta.url);
    await expect(startEmbeddedNodeInWorker({ path: ':memory:' }, nothing)).rejects.toThrow('before it listened');
  });
});
