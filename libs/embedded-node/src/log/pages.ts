import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LogRecord } from './tail.js';

/** A page ends at whichever comes first, so that it neither holds up the others nor fills the memory. */
export const PAGE_RECORDS = 256;
const PAGE_BYTES = 1024 * 1024;

/** An event of one stream. */
export type StreamRecord = { readonly revision: number; readonly response: Buffer };

const ALL = `
  SELECT events.position AS position, streams.name AS stream, events.type AS type, events.response AS response
  FROM events JOIN streams ON streams.id = events.stream`;

const ONE = 'SELECT revision, response FROM events WHERE stream = ? AND revision BETWEEN ? AND ? AND created >= ?';

/** Part of a stream: revisions from `first` to `last`, and not older than `notBefore`. */
export type StreamRange = {
  readonly row: number;
  readonly first: number;
  readonly last: number;
  readonly notBefore: number;
};

/** Reads the log page by page; no cursor stays open between two pages, so nothing is held while a client is slow. */
export class Pages {
  private readonly forwards: StatementSync;
  private readonly backwards: StatementSync;
  private readonly streamForwards: StatementSync;
  private readonly streamBackwards: StatementSync;
  private readonly startsAt: StatementSync;

  constructor(db: DatabaseSync) {
    this.forwards = db.prepare(`${ALL} WHERE events.position BETWEEN ? AND ? ORDER BY events.position`);
    this.backwards = db.prepare(`${ALL} WHERE events.position BETWEEN ? AND ? ORDER BY events.position DESC`);
    this.streamForwards = db.prepare(`${ONE} ORDER BY revision`);
    this.streamBackwards = db.prepare(`${ONE} ORDER BY revision DESC`);
    this.startsAt = db.prepare('SELECT 1 FROM events WHERE position = ?');
  }

  /** Of `$all`: positions from `first` to `last`, both included. */
  ofAll(first: number, last: number, backwards: boolean, limit: number): LogRecord[] {
    const statement = backwards ? this.backwards : this.forwards;
    return page(statement.iterate(first, last) as Iterable<RawRecord>, limit);
  }

  ofStream({ row, first, last, notBefore }: StreamRange, backwards: boolean, limit: number): StreamRecord[] {
    const statement = backwards ? this.streamBackwards : this.streamForwards;
    return page(statement.iterate(row, first, last, notBefore) as Iterable<RawStreamRecord>, limit);
  }

  isStart(position: number): boolean {
    return this.startsAt.get(position) !== undefined;
  }
}

type Raw<T> = Omit<T, 'response'> & { response: Uint8Array };
type RawRecord = Raw<LogRecord>;
type RawStreamRecord = Raw<StreamRecord>;

type Ready<T> = Omit<T, 'response'> & { response: Buffer };

const page = <T extends { response: Uint8Array }>(rows: Iterable<T>, limit: number): Ready<T>[] => {
  const size = Math.min(limit, PAGE_RECORDS);
  const records: Ready<T>[] = [];
  let bytes = 0;
  for (const row of rows) {
    const { buffer, byteOffset, length } = row.response;
    records.push({ ...row, response: Buffer.from(buffer, byteOffset, length) });
    bytes += length;
    if (records.length >= size || bytes >= PAGE_BYTES) break;
  }
  return records;
};
