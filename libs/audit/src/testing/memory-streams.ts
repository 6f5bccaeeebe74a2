/**
 * Streams in memory, as a ledger would have left them, for specs of the audit: journeys are played by the domain, and every
 * append is recorded when the spec says, on time or late. Reads are counted.
 */
import { accountStream, iso, usageStream, type Command, type Instant, type LedgerEvent } from '@ledger/domain';
import type { JsonObject, ReadOptions, RecordedEvent } from '@ledger/event-store';
import { isUsage, type Ledger } from '../../../domain/src/properties/ledger.js';
import type { Streams } from '../history/entries.js';

const NOWHERE = { commit: 0n, prepare: 0n };

export class MemoryStreams implements Streams {
  readonly reads: string[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();

  async *read(stream: string, { from = 0n }: ReadOptions): AsyncGenerator<RecordedEvent, void, undefined> {
    this.reads.push(stream);
    yield* (this.streams.get(stream) ?? []).slice(Number(from));
  }

  /** One append; the commands of a spec are asked by an operator, and time's by the clock. */
  append(events: readonly LedgerEvent[], command: Command | null, recordedAt: Instant): void {
    const [first] = events;
    if (!first) return;
    const commandId = command
      ? `c:${this.streams.size}-${this.reads.length}-${this.length}`
      : `t:${first.accountId}:${first.effectiveAt}`;
    const shared = {
      schema: 1,
      recordedAt: iso(recordedAt),
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: command ? { subject: 'alice', role: 'ops' } : { subject: 'clock', role: 'clock' },
      rules: 1,
      clauses: [],
    };
    for (const [i, event] of events.entries())
      this.push(event, i === 0 && command ? { ...shared, ...asked(command) } : shared);
  }

  /** What stands in a stream is of any shape; a spec may put there what it likes. */
  put(stream: string, type: string, data: unknown, metadata: unknown): void {
    const events = this.streams.get(stream) ?? [];
    this.streams.set(stream, events);
    const revision = BigInt(events.length);
    events.push({ stream, revision, position: NOWHERE, id: `${stream}-${revision}`, type, data, metadata });
  }

  eventsOf(stream: string): readonly RecordedEvent[] {
    return this.streams.get(stream) ?? [];
  }

  private get length(): number {
    return [...this.streams.values()].reduce((sum, events) => sum + events.length, 0);
  }

  private push({ type, ...data }: LedgerEvent, metadata: JsonObject): void {
    const event = { type, ...data } as LedgerEvent;
    const stream = isUsage(event)
      ? usageStream(event.appId, (event.samples[0]?.day ?? '').slice(0, 7))
      : accountStream(event.accountId);
    this.put(stream, type, data, metadata);
  }
}

const asked = ({ do: name, reason, ...body }: Command): JsonObject => ({
  command: { name, body: JSON.parse(JSON.stringify(body)) as JsonObject },
  ...(reason !== undefined && { reason }),
});

/** Every append of a played ledger, recorded at its own instant, unless `recordedAt` says otherwise. */
export const recorded = (
  { appends }: Pick<Ledger, 'appends'>,
  recordedAt: (at: Instant, command: Command | null) => Instant = (at) => at,
): MemoryStreams => {
  const streams = new MemoryStreams();
  for (const { events, command, at } of appends) streams.append(events, command, recordedAt(at, command));
  return streams;
};
