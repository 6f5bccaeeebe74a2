import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AllStreamResolvedEvent,
  EventStoreDBClient,
  type EventData,
  jsonEvent,
  type ReadStreamOptions,
} from '@eventstore/db-client';
import { type EmbeddedNode, type EmbeddedNodeOptions, startEmbeddedNode } from '../src/index.js';

/** Makes the client append one call at a time; without credentials it appends in batches. */
export const PLAIN = { credentials: { username: 'any', password: 'any' } };

/** Nodes, clients and folders of one test, all of which `dispose` ends. */
export class Harness {
  private readonly endings: (() => Promise<void> | void)[] = [];

  async node(options: Partial<EmbeddedNodeOptions> = {}): Promise<EmbeddedNode> {
    const node = await startEmbeddedNode({ path: ':memory:', ...options });
    this.endings.push(() => node.stop());
    return node;
  }

  client({ connectionString }: Pick<EmbeddedNode, 'connectionString'>): EventStoreDBClient {
    const client = EventStoreDBClient.connectionString(connectionString);
    this.endings.push(() => client.dispose());
    return client;
  }

  /** A node in memory with a client. */
  async connected(options: Partial<EmbeddedNodeOptions> = {}): Promise<EventStoreDBClient> {
    return this.client(await this.node(options));
  }

  folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'embedded-node-'));
    this.endings.push(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  /** In reverse: clients go before their nodes, nodes before their folders. */
  async dispose(): Promise<void> {
    for (const end of this.endings.splice(0).toReversed()) await end();
  }
}

export const event = (type = 'Happened', id: string = randomUUID(), data: Record<string, unknown> = {}): EventData =>
  jsonEvent({ id, type, data: { ...data }, metadata: { by: 'spec' } });

export const events = (count: number, type = 'Happened'): EventData[] =>
  Array.from({ length: count }, () => event(type));

/** The ids of a stream's events, as a reader gets them. */
export const idsOf = async (
  client: EventStoreDBClient,
  stream: string,
  options: ReadStreamOptions = {},
): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { event: recorded } of client.readStream(stream, options)) if (recorded) ids.push(recorded.id);
  return ids;
};

export const revisionsOf = async (
  client: EventStoreDBClient,
  stream: string,
  options: ReadStreamOptions = {},
): Promise<number[]> => {
  const revisions: number[] = [];
  for await (const { event: recorded } of client.readStream(stream, options)) {
    if (recorded) revisions.push(Number(recorded.revision));
  }
  return revisions;
};

export const allEvents = async (client: EventStoreDBClient): Promise<AllStreamResolvedEvent[]> => {
  const all: AllStreamResolvedEvent[] = [];
  for await (const resolved of client.readAll()) all.push(resolved);
  return all;
};
