import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dataOf } from '../wire/stored-event.js';
import { NO_STREAM, type StreamFacts } from './append-rules.js';
import {
  isDeleted,
  isMetastream,
  type Limits,
  METASTREAM_LIMITS,
  metastreamOf,
  NO_LIMITS,
  originalOf,
  parseLimits,
} from './stream-metadata.js';

/** A tombstone's revision in the database: behind every other, and still an exact number. */
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;

/** What is known of a stream. It all follows from the log and is kept here only to save look-ups. */
export type Stream = {
  readonly name: string;
  /** Its row, once it has an event. */
  id: number | undefined;
  lastRevision: number;
  limits: Limits;
  tombstoned: boolean;
};

export const factsOf = ({ lastRevision, limits, tombstoned }: Stream): StreamFacts => ({
  lastRevision,
  softDeleted: isDeleted(limits),
  tombstoned,
});

const MAX_STREAMS = 50_000;

export class StreamTable {
  private readonly known = new Map<string, Stream>();
  private readonly selectLast: StatementSync;
  private readonly insertStream: StatementSync;

  constructor(db: DatabaseSync) {
    this.selectLast = db.prepare(`
      SELECT streams.id AS id, events.revision AS revision, events.response AS response
      FROM streams JOIN events ON events.stream = streams.id
      WHERE streams.name = ? ORDER BY events.revision DESC LIMIT 1`);
    this.insertStream = db.prepare('INSERT INTO streams (name) VALUES (?)');
  }

  get(name: string): Stream {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const stream = this.load(name);
    // The longest known goes first; it is loaded again when somebody asks.
    for (const oldest of this.known.keys()) {
      if (this.known.size < MAX_STREAMS) break;
      this.known.delete(oldest);
    }
    this.known.set(name, stream);
    return stream;
  }

  /** The row of a stream that is about to get an event. */
  rowOf(stream: Stream): number {
    stream.id ??= Number(this.insertStream.run(stream.name).lastInsertRowid);
    return stream.id;
  }

  private load(name: string): Stream {
    const last = this.last(name);
    const metastream = isMetastream(name);
    return {
      name,
      id: last?.id,
      lastRevision: last?.revision ?? NO_STREAM,
      limits: metastream ? METASTREAM_LIMITS : this.limitsOf(name),
      // A tombstone ends the stream's metadata with it.
      tombstoned: last?.revision === TOMBSTONE_REVISION || (metastream && this.get(originalOf(name)).tombstoned),
    };
  }

  private limitsOf(name: string): Limits {
    const metadata = this.last(metastreamOf(name));
    return metadata === undefined ? NO_LIMITS : parseLimits(dataOf(Buffer.from(metadata.response)));
  }

  private last(name: string): LastEvent | undefined {
    return this.selectLast.get(name) as LastEvent | undefined;
  }
}

type LastEvent = { id: number; revision: number; response: Uint8Array };
