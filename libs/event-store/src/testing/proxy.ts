/** A wire that can be cut, or frozen, between the real client and its store. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export class Proxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isFrozen = false;
  /** Whether new connections are refused, as by a store that is away. */
  isDown = false;
  /** After how many more bytes it freezes. */
  freezesAfter = Number.POSITIVE_INFINITY;
  /** How many connections were ever made. */
  connections = 0;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((client) => this.#join(client, connect(target)));
  }

  static async before(connectionString: string): Promise<{ proxy: Proxy; connectionString: string }> {
    const [, host, port] = /\/\/(?:[^@/]*@)?([^:/?]+):(\d+)/.exec(connectionString) ?? [];
    if (host === undefined || port === undefined) throw new Error(`no single node: ${connectionString}`);
    const proxy = new Proxy({ host, port: Number(port) });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const address = proxy.#server.address() as AddressInfo;
    return { proxy, connectionString: connectionString.replace(`${host}:${port}`, `127.0.0.1:${address.port}`) };
  }

  /** What is on its way is lost: requests before the store sees them, answers after it has acted. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Nothing comes through and nothing fails: a stopped process, a lost route. New connections freeze too. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, store: Socket): void {
    this.connections += 1;
    const ends = [client, store] as const;
    for (const [from, to] of [ends, ends.toReversed() as [Socket, Socket]]) {
      this.#sockets.add(from);
      from.on('data', (bytes) => {
        to.write(bytes);
        this.freezesAfter -= bytes.length;
        if (this.freezesAfter <= 0) this.freeze();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (this.#isFrozen) from.pause();
    }
    if (this.isDown) client.destroy();
  }
}
