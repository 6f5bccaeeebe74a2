/** One that waits for its turn: it reads what another process writes, and hears whose rows that changes. */
import { comparePositions, parsePosition, type EventStore } from '@ledger/event-store';
import { readCheckpoint, type Checkpoint } from './checkpoint.js';
import type { ReadDatabase } from './database.js';
import type { Changed, News } from './news.js';
import { assertPair } from './version-writer.js';
import { activeVersion } from './versions.js';

export class Follower {
  #checkpoint: Checkpoint | null = null;
  #listening: { close(): Promise<void> } | null = null;
  #isDeaf = true;
  /** The position of the last news. */
  #heard: string | null = null;
  /** News can come a moment later than what it is about can be read. */
  #isInDoubt = false;

  constructor(
    private readonly database: ReadDatabase,
    private readonly changed: (changed: Changed) => void,
  ) {}

  /** As of the last look; null before the first. */
  get checkpoint(): Checkpoint | null {
    return this.#checkpoint;
  }

  /** The first look after a pause: whether store and database belong together is asked anew. Throws `Mismatch`, a StoreError, or what the database says. */
  async begin(store: EventStore, storeId: string): Promise<Checkpoint> {
    await this.stop();
    const { db } = this.database;
    await assertPair(await readCheckpoint(db, await activeVersion(db), storeId), store, storeId);
    return this.look();
  }

  /** How far the other is. What it changed without our hearing of it until the next look, we take for everything. */
  async look(): Promise<Checkpoint> {
    const { database } = this;
    if (this.#isDeaf) await this.#listen();
    const before = this.#checkpoint;
    const now = await readCheckpoint(database.db, await activeVersion(database.db), before?.storeId ?? '');
    const isOther = before?.version !== now.version;
    const hasHeard = isOther || before?.last?.position === now.last?.position || this.#hasHeardOf(now);
    if (before !== null && !hasHeard && !this.#isInDoubt) {
      this.#isInDoubt = true;
      return before;
    }
    this.#isInDoubt = false;
    this.#checkpoint = now;
    if (isOther || !hasHeard) this.changed('all');
    return now;
  }

  #hasHeardOf({ last }: Checkpoint): boolean {
    const heard = parsePosition(this.#heard ?? '');
    const position = parsePosition(last?.position ?? '');
    return heard !== null && position !== null && comparePositions(heard, position) >= 0;
  }

  /** From here on nothing is heard. */
  async stop(): Promise<void> {
    const listening = this.#listening;
    this.#listening = null;
    this.#isDeaf = true;
    await listening?.close().catch(() => undefined);
  }

  async #listen(): Promise<void> {
    const { news } = this.database;
    if (news === null) return;
    await this.stop();
    this.#isDeaf = false;
    this.#listening = await news.listen({ hear: (heard) => this.#hear(heard), deafen: () => this.#deafen() });
    this.changed('all'); // what was told before we listened
  }

  #hear({ changed, position }: News): void {
    this.changed(changed);
    this.#heard = position ?? this.#heard;
  }

  #deafen(): void {
    this.#isDeaf = true;
    this.changed('all');
  }
}
