import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ProposedEvent } from '../wire/write-requests.js';
import { eventResponse, type Written } from '../wire/responses.js';
import type { KnownIds } from './append-rules.js';
import { openDatabase } from './database.js';
import { isMetastream, metastreamOf, originalOf, parseLimits } from './stream-metadata.js';
import { type Stream, StreamTable, TOMBSTONE_REVISION } from './stream-table.js';
import { type LogRecord, Tail } from './tail.js';

/** No event stands at 0, so that a subscription from there, which excludes its start, misses none. */
const FIRST_POSITION = 64;

/** A tombstone's revision as the protocol has it. */
const TOMBSTONE_ON_THE_WIRE = 2n ** 63n - 1n;

/** The log: every event of every stream in one order, appended within transactions. */
export class EventLog {
  readonly db: DatabaseSync;
  private readonly streams: StreamTable;
  private readonly tail: Tail;
  private readonly listeners = new Set<() => void>();
  private readonly insert: StatementSync;
  private readonly selectId: StatementSync;
  private readonly selectRevision: StatementSync;
  private readonly selectPosition: StatementSync;
  private uncommitted: LogRecord[] = [];
  /** Where the next event will stand. */
  private end: number;
  private last: number;

  constructor(path: string) {
    this.db = openDatabase(path);
    this.streams = new StreamTable(this.db);
    this.insert = this.db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.selectId = this.db.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    // Left alone, the planner would walk the whole stream backwards to find a maximum.
    this.selectRevision = this.db.prepare(
      'SELECT max(revision) AS revision FROM events INDEXED BY events_by_id WHERE stream = ? AND id = ?',
    );
    this.selectPosition = this.db.prepare('SELECT position FROM events WHERE stream = ? AND revision = ?');
    const newest = this.db
      .prepare('SELECT position, length(response) AS size FROM events ORDER BY position DESC LIMIT 1')
      .get() as { position: number; size: number } | undefined;
    this.last = newest?.position ?? 0;
    this.end = newest === undefined ? FIRST_POSITION : newest.position + newest.size;
    this.tail = new Tail(this.last);
  }

  /** Position of the last committed event; 0 in an empty log. */
  get lastPosition(): number {
    return this.last;
  }

  stream(name: string): Stream {
    return this.streams.get(name);
  }

  /**
   * Runs `work` in one transaction and one sync. What it wrote is shown to subscribers when it is on disk, not before.
   * An error from here means that nobody knows what is on disk: the log must not be used any more.
   */
  transaction<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    const result = this.commit(work);
    const committed = this.uncommitted;
    this.uncommitted = [];
    const newest = committed.at(-1);
    if (newest !== undefined) {
      this.last = newest.position;
      this.tail.add(committed);
      for (const listener of this.listeners) listener();
    }
    return result;
  }

  /** Appends without asking; within a transaction. `undefined` for the position says that nothing was written. */
  write(stream: Stream, events: readonly ProposedEvent[], created: number): Written {
    let position: number | undefined;
    for (const event of events) {
      stream.lastRevision += 1;
      position = this.put(stream, event, stream.lastRevision, stream.lastRevision, created);
    }
    const newest = events.at(-1);
    if (newest !== undefined && isMetastream(stream.name)) this.heed(stream.name, newest);
    return { revision: stream.lastRevision, position };
  }

  /** Ends a stream for ever. */
  writeTombstone(stream: Stream, event: ProposedEvent, created: number): number {
    const position = this.put(stream, event, TOMBSTONE_REVISION, TOMBSTONE_ON_THE_WIRE, created);
    stream.tombstoned = true;
    this.stream(metastreamOf(stream.name)).tombstoned = true;
    return position;
  }

  knownIds({ id: row }: Stream): KnownIds {
    if (row === undefined) return { idAt: () => undefined, revisionOf: () => undefined };
    return {
      idAt: (revision) => {
        const found = this.selectId.get(row, revision) as { id: Uint8Array } | undefined;
        return found === undefined ? undefined : textOfId(found.id);
      },
      revisionOf: (id) =>
        (this.selectRevision.get(row, bytesOfId(id)) as { revision: number | null }).revision ?? undefined,
    };
  }

  positionOf({ id: row }: Stream, revision: number): number | undefined {
    const found = row === undefined ? undefined : this.selectPosition.get(row, revision);
    return (found as { position: number } | undefined)?.position;
  }

  /** See `Tail.after`. */
  recent(position: number, limit: number): readonly LogRecord[] | undefined {
    return this.tail.after(position, limit);
  }

  /** Calls `listener` after every commit, until the function returned is called. */
  onCommit(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.db.close();
  }

  private commit<T>(work: () => T): T {
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // Readers who are still served must not see what may never be on disk.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** New metadata hold from the next read on. A metastream's own limits are fixed. */
  private heed(metastream: string, metadata: ProposedEvent): void {
    const name = originalOf(metastream);
    if (!isMetastream(name)) this.stream(name).limits = parseLimits(metadata.data);
  }

  private put(
    stream: Stream,
    event: ProposedEvent,
    revision: number,
    revisionOnTheWire: number | bigint,
    created: number,
  ): number {
    const position = this.end;
    const response = eventResponse(event, { stream: stream.name, revision: revisionOnTheWire, position, created });
    const row = this.streams.rowOf(stream);
    this.insert.run(position, row, revision, bytesOfId(event.id), event.type, created, response);
    this.uncommitted.push({ position, stream: stream.name, type: event.type, response });
    this.end = position + response.length;
    return position;
  }
}

const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const textOfId = (id: Uint8Array): string =>
  Buffer.from(id)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
