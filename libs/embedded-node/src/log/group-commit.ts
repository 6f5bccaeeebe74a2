import type { EventLog } from './event-log.js';

/** The node has stopped, or must stop: whether a change that gets this answer was made is unclear. */
export class NotAccepting extends Error {}

type Change = {
  /** Runs within the transaction and returns what is to be done when it is on disk. */
  readonly make: (now: number) => () => void;
  readonly abandon: (error: Error) => void;
};

/**
 * Lets all changes that arrive in one turn of the event loop share a transaction and a sync. While the disk works the
 * loop stands still and requests gather in the socket, so the busier the node, the larger its batches.
 */
export class GroupCommit {
  private waiting: Change[] = [];
  private accepting = true;
  private readonly log: EventLog;
  private readonly onFatal: (error: Error) => void;

  constructor(log: EventLog, onFatal: (error: Error) => void) {
    this.log = log;
    this.onFatal = onFatal;
  }

  /** The result of `change`, once it is on disk. Changes are made in the order of their arrival. */
  submit<T>(change: (now: number) => T): Promise<T> {
    return new Promise<T>((resolve, abandon) => {
      if (!this.accepting) {
        abandon(new NotAccepting('The embedded node is stopping.'));
        return;
      }
      if (this.waiting.length === 0) setImmediate(() => this.commit());
      const make = (now: number): (() => void) => {
        const result = change(now);
        return () => resolve(result);
      };
      this.waiting.push({ make, abandon });
    });
  }

  /** Commits what has arrived and takes no more. */
  close(): void {
    this.accepting = false;
    this.commit();
  }

  private commit(): void {
    const changes = this.waiting;
    this.waiting = [];
    if (changes.length === 0) return;
    try {
      const now = Date.now();
      const answers = this.log.transaction(() => changes.map(({ make }) => make(now)));
      for (const answer of answers) answer();
    } catch (cause) {
      // What reached the disk is unknown, and the streams known in memory may be ahead of it: only a new start helps.
      this.accepting = false;
      const error = new Error('The log could not be written.', { cause });
      for (const { abandon } of changes) abandon(new NotAccepting(error.message, { cause }));
      this.onFatal(error);
    }
  }
}
