/**
 * An account proved from its own streams: the chains recomputed, every append of the running rules decided again from the
 * state before it, and what always holds looked at after each.
 *
 * The account's stream is read twice and not kept; its usage is kept while the account is at hand, because a usage command
 * was decided with a state of the account that comes later in the walk.
 */
import {
  accountStream,
  AccountInvariants,
  evolve,
  iso,
  nextDueAt,
  RULES_VERSION,
  usageDue,
  usageStream,
  type Account,
  type AccountEvent,
  type Instant,
  type UsageEvent,
  type UsageMonth,
  type UsageRead,
} from '@ledger/domain';
import { ACCOUNT_EVENTS, CLAIM_EVENTS, USAGE_EVENTS, type Decoded, type RecordedEvent } from '@ledger/event-store';
import {
  ChainWalk,
  otherStreams,
  outlineOf,
  readable,
  unreadable,
  type BillSources,
  type Outline,
  type ReadStream,
  type StreamHead,
} from './account-outline.js';
import { appendsOf, type RecordedAppend } from './appends.js';
import { decideAgain, type ReadFor } from './decide-again.js';
import type { Finding } from './finding.js';
import { UsageStream } from './usage-stream.js';

export type Verified = {
  readonly accountId: string;
  /** Every stream of the account, as far as it was verified. */
  readonly streams: readonly StreamHead[];
  readonly decidedAgain: number;
  /** Appends that other versions of the rules decided, which these rules cannot repeat. */
  readonly byOtherRules: readonly { readonly rules: number; readonly appends: number }[];
  readonly findings: readonly Finding[];
  /** The fold of the account's stream, as far as it can be folded; null where there is no stream. */
  readonly account: Account | null;
};

const READS_SIDE_BY_SIDE = 8;

const NOTHING_READ: UsageRead = new Map();

/**
 * Usage that was decided before a settlement's instant can be appended after it was read: it was on its way. A bill says
 * what it read; where there is none, what came in so shortly before may have been seen or not.
 */
const ON_ITS_WAY = 60;

/** `until` bounds the months in which usage is looked for: now, or when a copy was made. Throws what `read` throws. */
export const verifyAccount = async (read: ReadStream, accountId: string, until: Instant): Promise<Verified> => {
  const outline = await outlineOf(read, accountId);
  const verification = new Verification(accountId, outline);
  if (outline.head !== null) {
    const { claims, usage } = otherStreams(outline, until);
    await sideBySide(claims, (stream) => verification.claim(stream, read));
    await sideBySide(usage, (stream) => verification.usage(stream, read));
    await verification.appends(read);
  }
  return verification.result();
};

const sideBySide = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (let first = 0; first < items.length; first += READS_SIDE_BY_SIDE)
    await Promise.all(items.slice(first, first + READS_SIDE_BY_SIDE).map(work));
};

class Verification {
  readonly #findings: Finding[];
  readonly #heads: StreamHead[];
  readonly #usage = new Map<string, UsageStream>();
  /** Usage appends by the account's revision that they were decided with. */
  readonly #metered = new Map<bigint, RecordedAppend<UsageEvent>[]>();
  readonly #otherRules = new Map<number, number>();
  readonly #invariants = new AccountInvariants();
  #decidedAgain = 0;
  #account: Account | null = null;

  constructor(
    private readonly accountId: string,
    private readonly outline: Outline,
  ) {
    this.#findings = [...outline.findings];
    this.#heads = outline.head === null ? [] : [outline.head];
  }

  result(): Verified {
    return {
      accountId: this.accountId,
      streams: this.#heads.toSorted((a, b) => (a.stream < b.stream ? -1 : 1)),
      decidedAgain: this.#decidedAgain,
      byOtherRules: [...this.#otherRules].map(([rules, appends]) => ({ rules, appends })),
      findings: this.#findings,
      account: this.#account,
    };
  }

  /** An app id belongs to the account that its claim names, for ever. */
  async claim(stream: string, read: ReadStream): Promise<void> {
    const walk = new ChainWalk(stream);
    for await (const recorded of read(stream)) {
      walk.step(recorded);
      const claimed = readable(CLAIM_EVENTS, recorded, this.#findings)?.event.accountId;
      if (claimed !== undefined && claimed !== this.accountId)
        this.#find('claimed-by-another', stream, String(recorded.revision), 'accountId', this.accountId, claimed);
    }
    this.#findings.push(...walk.findings);
    if (walk.head) this.#heads.push(walk.head);
    else this.#find('stream-missing', stream, null, 'claim', `a claim by ${this.accountId}`, null);
  }

  /** Ends before what was metered after the account was looked at. */
  async usage(stream: string, read: ReadStream): Promise<void> {
    const walk = new ChainWalk(stream);
    const events: Decoded<UsageEvent>[] = [];
    for await (const recorded of read(stream)) {
      const before = this.#findings.length;
      const decoded = readable(USAGE_EVENTS, recorded, this.#findings);
      if (decoded && BigInt(decoded.metadata.accountRevision ?? 0) > this.#headRevision) break;
      walk.step(recorded);
      if (decoded && this.#findings.length === before) events.push(decoded);
    }
    this.#findings.push(...walk.findings);
    if (!walk.head) return;
    this.#heads.push(walk.head);
    this.#usage.set(stream, new UsageStream(stream, events));
    for await (const append of appendsOf(events)) {
      const { accountRevision } = append.first.metadata;
      if (accountRevision === undefined) {
        const at = String(append.first.recorded.revision);
        this.#find('not-decidable', stream, at, 'accountRevision', 'the revision it was decided with', null);
        continue;
      }
      const waiting = this.#metered.get(BigInt(accountRevision)) ?? [];
      this.#metered.set(BigInt(accountRevision), [...waiting, append]);
    }
  }

  async appends(read: ReadStream): Promise<void> {
    for await (const append of appendsOf(this.#events(read))) {
      this.#decided(append, { given: { claimedBy: null }, usage: () => this.#usageFor(append) });
      if (!this.#fold(append)) return;
    }
  }

  async *#events(read: ReadStream): AsyncGenerator<Decoded<AccountEvent>, void, undefined> {
    const seen: Finding[] = [];
    for await (const recorded of read(accountStream(this.accountId))) {
      if (recorded.revision > this.#headRevision) return;
      const decoded = readable(ACCOUNT_EVENTS, recorded, seen);
      if (!decoded) return; // which the outline has told
      yield decoded;
    }
  }

  /** False when what comes after it cannot be folded any more. */
  #fold(append: RecordedAppend<AccountEvent>): boolean {
    for (const { event, recorded } of append.events) {
      const isFolded = this.#taken(recorded, () => {
        this.#account = evolve(this.#account, event);
      });
      if (!isFolded) return false;
      for (const metered of this.#metered.get(recorded.revision) ?? [])
        this.#taken(metered.first.recorded, () => this.#usageDecided(metered));
    }
    return this.#taken(append.first.recorded, () => this.#audit(append));
  }

  /** False, and a finding, where the data are not of the shape that the type promises: anybody may have written them. */
  #taken(recorded: RecordedEvent, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#findings.push(unreadable(recorded, String(error)));
      return false;
    }
  }

  #audit(append: RecordedAppend<AccountEvent>): void {
    if (!this.#account) return;
    const events = append.events.map(({ event }) => event);
    for (const { invariant, index, expected, actual } of this.#invariants.audit(events, this.#account)) {
      const { stream, revision } = (append.events[index] ?? append.first).recorded;
      this.#find('invariant-violated', stream, String(revision), invariant, expected, actual);
    }
  }

  #usageDecided(append: RecordedAppend<UsageEvent>): void {
    const { stream, revision } = append.first.recorded;
    const usage = this.#usage.get(stream)?.before(revision) ?? null;
    this.#decided(append, { given: { usage }, usage: () => [NOTHING_READ] });
  }

  #decided(append: RecordedAppend<AccountEvent> | RecordedAppend<UsageEvent>, readFor: ReadFor): void {
    const { rules } = append.first.metadata;
    if (rules !== RULES_VERSION) {
      this.#otherRules.set(rules, (this.#otherRules.get(rules) ?? 0) + 1);
      return;
    }
    this.#decidedAgain += 1;
    this.#findings.push(...decideAgain(this.accountId, this.#account, append, readFor));
  }

  /** What a settlement read: the revisions that its bill names; without a bill, what was there before its instant. */
  #usageFor({ events }: RecordedAppend<AccountEvent>): readonly [UsageRead, ...UsageRead[]] {
    const account = this.#account;
    const dueAt = account && nextDueAt(account);
    if (account === null || dueAt === null) return [NOTHING_READ];
    const streams = usageDue(account).map(({ appId, month }) => usageStream(appId, month));
    const bill = events.map(({ event }) => event).find((event) => event.type === 'BillIssued');
    const sources = bill && this.outline.sources.get(bill.billId);
    const read = (before: Instant): UsageRead => {
      const months = streams.map((stream) => [stream, this.#monthRead(stream, sources, before)] as const);
      return new Map(months.flatMap(([stream, month]) => (month === null ? [] : [[stream, month]])));
    };
    return sources ? [read(dueAt)] : [read(dueAt), read(dueAt - ON_ITS_WAY)];
  }

  #monthRead(stream: string, sources: BillSources | undefined, dueAt: Instant): UsageMonth | null {
    const usage = this.#usage.get(stream);
    const named = sources?.revisions.get(stream);
    if (named === undefined) return sources?.isComplete === true ? null : (usage?.beforeInstant(dueAt) ?? null);
    const month = usage?.before(named + 1n) ?? null;
    if (month?.revision !== named)
      this.#find('stream-missing', stream, String(named), 'source of a bill', `an event before ${iso(dueAt)}`, null);
    return month;
  }

  get #headRevision(): bigint {
    return BigInt(this.outline.head?.revision ?? -1);
  }

  #find(
    kind: Finding['kind'],
    stream: string,
    revision: string | null,
    what: string,
    expected: string,
    actual: string | null,
  ): void {
    this.#findings.push({ kind, stream, revision, what, expected, actual });
  }
}
