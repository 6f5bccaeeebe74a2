/** A first walk through an account's stream: whether its chain holds, and which other streams belong to the account. */
import {
  accountStream,
  addMonths,
  claimStream,
  instant,
  localMonth,
  usageStream,
  type AccountEvent,
  type Instant,
  type Month,
} from '@ledger/domain';
import {
  ACCOUNT_EVENTS,
  decode,
  genesis,
  verifyEvent,
  type Catalogue,
  type Decoded,
  type RecordedEvent,
  type StoredEvent,
} from '@ledger/event-store';
import type { Finding } from './finding.js';

/** The events of a stream from its first; none where there is no such stream. */
export type ReadStream = (stream: string) => AsyncIterable<RecordedEvent>;

/** Where a stream stood when it was read. */
export type StreamHead = { readonly stream: string; readonly revision: string; readonly chain: string };

export type BillSources = { readonly revisions: ReadonlyMap<string, bigint>; readonly isComplete: boolean };

export type Outline = {
  readonly head: StreamHead | null;
  /** From the month an app was created in to the one it was gone in; null while it is not. */
  readonly apps: ReadonlyMap<string, { readonly from: Month; readonly to: Month | null }>;
  /** By bill: the usage streams that it was drawn from, with the last revision read; all its parts together. P-7.6 */
  readonly sources: ReadonlyMap<string, BillSources>;
  readonly findings: readonly Finding[];
};

/** Goes along a stream's chain, revision by revision. The first break is told: all after it follows from it. */
export class ChainWalk {
  readonly findings: Finding[] = [];
  #head: StreamHead | null = null;
  #chain: string;

  constructor(private readonly stream: string) {
    this.#chain = genesis(stream);
  }

  get head(): StreamHead | null {
    return this.#head;
  }

  step(recorded: RecordedEvent): void {
    const revision = String(recorded.revision);
    const due = this.#head === null ? 0n : BigInt(this.#head.revision) + 1n;
    if (this.findings.length === 0 && recorded.revision !== due)
      this.#find('revision-missing', revision, 'revision', String(due), revision);
    const next = verifyEvent(this.#chain, recorded);
    if (typeof next === 'string') this.#chain = next;
    else if (this.findings.length === 0)
      this.#find('chain-broken', revision, recorded.type, 'the chain of what is before it', next.reason);
    this.#head = { stream: this.stream, revision, chain: this.#chain };
  }

  #find(kind: Finding['kind'], revision: string, what: string, expected: string, actual: string): void {
    this.findings.push({ kind, stream: this.stream, revision, what, expected, actual });
  }
}

/** Today's shape of an event; null where there is none, which is a finding. */
export const readable = <E extends StoredEvent>(
  catalogue: Catalogue<E>,
  recorded: RecordedEvent,
  findings: Finding[],
): Decoded<E> | null => {
  const decoded = decode(catalogue, recorded);
  if (decoded.kind === 'event') return decoded;
  findings.push(unreadable(recorded, decoded.reason));
  return null;
};

export const unreadable = ({ stream, revision, type }: RecordedEvent, reason: string): Finding => ({
  kind: 'unreadable',
  stream,
  revision: String(revision),
  what: type,
  expected: 'an event that can be folded',
  actual: reason,
});

export const outlineOf = async (read: ReadStream, accountId: string): Promise<Outline> => {
  const stream = accountStream(accountId);
  const walk = new ChainWalk(stream);
  const apps = new Map<string, { from: Month; to: Month | null }>();
  const sources = new Map<string, { revisions: Map<string, bigint>; isComplete: boolean }>();
  const note = (event: AccountEvent): void => {
    const month = localMonth(instant(event.effectiveAt));
    if (event.type === 'AppCreated') apps.set(event.appId, { from: month, to: null });
    if (event.type === 'AppDeleted' || event.type === 'ResourcesReclaimed') {
      const app = apps.get(event.appId);
      if (app) apps.set(event.appId, { ...app, to: app.to ?? month });
    }
    if (event.type !== 'BillIssued') return;
    const bill = sources.get(event.billId) ?? { revisions: new Map<string, bigint>(), isComplete: false };
    for (const source of event.sources) bill.revisions.set(source.stream, BigInt(source.revision));
    sources.set(event.billId, { ...bill, isComplete: event.part === event.parts });
  };
  const findings: Finding[] = [];
  for await (const recorded of read(stream)) {
    walk.step(recorded);
    const decoded = findings.length === 0 ? readable(ACCOUNT_EVENTS, recorded, findings) : null;
    if (!decoded) continue;
    try {
      note(decoded.event);
    } catch (error) {
      findings.push(unreadable(recorded, String(error)));
    }
  }
  return { head: walk.head, apps, sources, findings: [...walk.findings, ...findings] };
};

/** The names of the claims, and of the usage streams that there can be by an instant. */
export const otherStreams = (
  { apps }: Outline,
  until: Instant,
): { readonly claims: readonly string[]; readonly usage: readonly string[] } => ({
  claims: [...apps.keys()].map(claimStream),
  usage: [...apps].flatMap(([appId, { from, to }]) => {
    const months: string[] = [];
    for (let month = from; month <= (to ?? localMonth(until)); month = addMonths(month, 1)) months.push(month);
    return months.map((month) => usageStream(appId, month));
  }),
});
