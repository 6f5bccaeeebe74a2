import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { events, Harness, idsOf, PLAIN } from '../../test/harness.js';
import { startEmbeddedNodeInWorker } from '../in-worker.js';

const harness = new Harness();
afterAll(() => harness.dispose());

const FROM_SOURCE = new URL('../../test/worker-entry.mjs', import.meta.url);

const EVENTS = 1500;
const BREAKS = 30;

/** A way to the node that can be cut, as a process that is killed cuts it: what was sent until then arrives. */
const wireTo = async (port: number): Promise<{ readonly port: number; readonly cut: () => void }> => {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.end();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, cut };
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('an append that breaks off', () => {
  it('is whole or is none, wherever it breaks', async () => {
    // In a thread of its own, as a node that reads while the writer still writes.
    const node = await startEmbeddedNodeInWorker({ path: ':memory:' }, FROM_SOURCE);
    const reader = harness.client(node);
    const [, port = ''] = /:(\d+)/.exec(node.connectionString.replace('esdb://', '')) ?? [];
    const begun = performance.now();
    await reader.appendToStream('whole', events(EVENTS), PLAIN);
    const whole = performance.now() - begun;
    const found = new Set<number>();
    for (let i = 0; i < BREAKS; i++) {
      const wire = await wireTo(Number(port));
      const writer = harness.client({ connectionString: node.connectionString.replace(port, String(wire.port)) });
      await writer.appendToStream(`before-${i}`, events(1), PLAIN); // the connection stands
      const appending = writer.appendToStream(`broken-${i}`, events(EVENTS), PLAIN).then(
        () => 'answered',
        () => 'broken',
      );
      await pause((i / BREAKS) * whole);
      wire.cut();
      await Promise.race([appending, pause(300)]);
      found.add((await idsOf(reader, `broken-${i}`).catch(() => [])).length);
    }
    expect([...found].filter((count) => count !== 0 && count !== EVENTS)).toEqual([]);
    expect(found).toContain(0);
    await node.stop();
  }, 120_000);
});
