/**
 * The one write path of all commands: fold → what time has brought → decide → append at the revision folded.
 *
 * The expected revision decides between processes, so nothing here locks: who comes second reads the tail and decides
 * again. Only an append to the account's own stream may trust the kept state, because only that finds out that it is
 * old; a refusal, a command without events and a dry run are answered after the tail was read from the leader.
 */
import { accountStream, isRefused } from '@ledger/domain';
import type { AccountEvent, Decided, Instant } from '@ledger/domain';
import { ACCOUNT_EVENTS, USAGE_EVENTS } from './catalogue.js';
import { outsideId } from './command-memory.js';
import type { KnownCommand } from './command-memory.js';
import { revisionText } from './fold.js';
import type { Fold } from './fold.js';
import type { Patience } from './interruption.js';
import { Lanes, isCrossing, only } from './lanes.js';
import type { Lane } from './lanes.js';
import { bodyHash } from './metadata.js';
import type { Advanced, DryRun, Fresh, Outcome, Request, StoredState } from './outcome.js';
import { Origins } from './origins.js';
import type { Asked } from './origins.js';
import type { EventStore } from './port.js';
import { emptyReceipt, firstReceipt, receiptOf } from './receipts.js';
import { Refusals } from './refusals.js';
import type { Why } from './refusals.js';
import type { Rules } from './rules.js';
import { storedStart } from './stored-start.js';
import { StreamFolds } from './stream-folds.js';
import { TimeFirst } from './time-first.js';
import { Turns } from './turns.js';
import type { Again, Bounds } from './turns.js';

export type WritePathOptions = Partial<Bounds> & {
  readonly store: EventStore;
  /** Milliseconds since the epoch. The one clock of the service. */
  readonly clock: () => number;
  /** The projector's states, for accounts that are not kept in memory. */
  readonly storedStates?: (accountId: string) => Promise<StoredState | null>;
  /** How many accounts are kept in memory. */
  readonly keptAccounts?: number;
};

const KEPT_USAGE_MONTHS = 1000;

export class WritePath<A extends object, U> {
  readonly #rules: Rules<A, U>;
  readonly #store: EventStore;
  readonly #clock: () => number;
  readonly #turns: Turns;
  readonly #accounts: StreamFolds<A, AccountEvent>;
  readonly #lanes: Lanes<A, U>;
  readonly #origins: Origins;
  readonly #time: TimeFirst<A, U>;
  readonly #refusals: Refusals;

  constructor(rules: Rules<A, U>, options: WritePathOptions) {
    const {
      store,
      clock,
      storedStates = () => Promise.resolve(null),
      keptAccounts = 10_000,
      patience = 10_000,
      conflicts = 30,
    } = options;
    this.#rules = rules;
    this.#store = store;
    this.#clock = clock;
    this.#turns = new Turns({ patience, conflicts }, (accountId) => this.#accounts.drop(accountStream(accountId)));
    this.#accounts = new StreamFolds(store, {
      catalogue: ACCOUNT_EVENTS,
      evolve: rules.evolve,
      chained: true,
      kept: keptAccounts,
      startingPoint: storedStart(store, rules, storedStates),
    });
    const usage = new StreamFolds(store, {
      catalogue: USAGE_EVENTS,
      evolve: rules.evolveUsage,
      chained: true,
      kept: KEPT_USAGE_MONTHS,
    });
    this.#origins = new Origins(rules.RULES_VERSION, clock);
    this.#time = new TimeFirst(rules, this.#accounts, usage, this.#origins);
    this.#lanes = new Lanes(store, this.#accounts, usage);
    this.#refusals = new Refusals(store);
  }

  async execute(request: Request): Promise<Outcome<A>> {
    const { command, commandId } = request;
    const asked: Asked = { ...request, id: outsideId(commandId), hash: bodyHash(command) };
    return this.#turns.untilDecided(command.accountId, (patience, trust) => this.#once(asked, patience, trust));
  }

  /** Appends what is due by `until`, and no later than now; for the clock worker, who may be late, dead or doubled. */
  async advanceTo(accountId: string, until: Instant): Promise<Advanced> {
    return this.#turns.untilDecided(accountId, async (patience, trust) => {
      const stream = accountStream(accountId);
      const kept = trust ? this.#accounts.kept(stream) : null;
      const account = kept ?? (await this.#accounts.fresh(stream));
      const advanced = await this.#time.advance(accountId, account, Math.min(until, this.#now()), patience);
      if (advanced === 'conflict') return advanced;
      if (kept !== null && advanced.appends === 0) return 'stale';
      const { appends, fired } = advanced;
      const revision = revisionText(advanced.account);
      return revision === null ? { kind: 'unknown-account' } : { kind: 'advanced', appends, revision, fired };
    });
  }

  /** The account as it stands with the leader; what is due by now has not happened to it. */
  async state(accountId: string): Promise<Fresh<A>> {
    return this.#turns.one<Fresh<A>>(accountId, async () => {
      const { state, revision, chain } = await this.#accounts.fresh(accountStream(accountId));
      if (state === null || revision === null) return { kind: 'unknown-account' };
      return { kind: 'state', account: state, revision: String(revision), chain };
    });
  }

  /**
   * For what is refused before it comes here: a role that may not ask. Like all refusals, never awaited by the answer.
   */
  recordForbidden(request: Request, refusal: string): void {
    const asked = { ...request, id: outsideId(request.commandId) };
    this.#record(asked, { refusal, clause: null, details: {} }, null, this.#now());
  }

  /** Resolves when the refusals so far are written, or lost. */
  settled(): Promise<void> {
    return this.#refusals.settled();
  }

  async #once(asked: Asked, patience: Patience, trust: boolean): Promise<Outcome<A> | Again> {
    const { command, id } = asked;
    const stream = accountStream(command.accountId);
    const mayTrust = trust && !isCrossing(command) && asked.dryRun !== true && asked.previewed === undefined;
    const kept = mayTrust ? this.#accounts.kept(stream) : null;
    const folded = kept ?? (await this.#accounts.fresh(stream));
    const lane = await this.#lanes.open(command);
    for (const { stream: place, commands } of lane.place === null ? [folded] : [folded, lane.place]) {
      const known = asked.dryRun === true ? null : commands.find(id);
      if (known !== null) return this.#again(asked, lane, place, known);
    }
    const now = Math.max(this.#now(), folded.lastAt, lane.place?.lastAt ?? 0);
    const advanced = await this.#time.advance(command.accountId, folded, now, patience);
    if (advanced === 'conflict') return advanced;
    const { account, appends } = advanced;
    return this.#decide(asked, lane, { account, now, isFresh: kept === null || appends > 0, patience });
  }

  async #decide(
    asked: Asked,
    lane: Lane<A, U>,
    { account, now, isFresh, patience }: { account: Fold<A>; now: Instant; isFresh: boolean; patience: Patience },
  ): Promise<Outcome<A> | Again> {
    const { command, previewed } = asked;
    const revision = revisionText(account);
    if (previewed !== undefined && previewed.revision !== revision) return { kind: 'preview-stale', revision, at: now };
    const at = previewed?.at ?? now;
    const decision = this.#rules.decide(account.state, command, at, lane.given);
    const writes = !isRefused(decision) && (decision.events.length > 0 || lane.writesItself) && asked.dryRun !== true;
    if (!writes && !isFresh) return 'stale';
    if (isRefused(decision)) {
      if (asked.dryRun !== true) this.#record(asked, decision, account.state === null ? null : command.accountId, at);
      return { kind: 'refused', refused: decision, at };
    }
    if (asked.dryRun === true) return this.#shown(lane, decision, account, at);
    const { events, items } = decision;
    const { accountId } = command;
    if (!writes)
      return { kind: 'done', replayed: false, receipt: emptyReceipt(accountId, lane.place ?? account, items) };
    const committed = await lane.append(account, {
      events,
      at,
      origin: this.#origins.ofCommand(asked, decision),
      patience,
    });
    if (committed === 'conflict') return committed;
    return { kind: 'done', replayed: false, receipt: receiptOf(accountId, committed, items) };
  }

  async #again(asked: Asked, lane: Lane<A, U>, stream: string, known: KnownCommand): Promise<Outcome<A>> {
    if (known.bodyHash !== asked.hash) return { kind: 'key-reused' };
    await lane.repeat();
    const receipt = await firstReceipt(this.#store, asked.command.accountId, stream, known);
    return { kind: 'done', replayed: true, receipt };
  }

  #shown(lane: Lane<A, U>, { events, items }: Decided, { state, ...fold }: Fold<A>, at: Instant): DryRun<A> {
    const own = lane.place === null ? only(ACCOUNT_EVENTS, events) : [];
    const after = own.reduce<A | null>((account, event) => this.#rules.evolve(account, event), state);
    const revision = fold.revision?.toString() ?? null;
    return { kind: 'dry-run', events, at, revision, before: state, after, ...(items === undefined ? {} : { items }) };
  }

  #record(
    asked: Pick<Asked, 'id' | 'command' | 'actor' | 'correlationId'>,
    why: Why,
    accountId: string | null,
    at: Instant,
  ): void {
    const origin = this.#origins.ofRefusal(asked, why.clause === null ? [] : [why.clause]);
    this.#refusals.record({ accountId, command: asked.command, ...why }, at, origin);
  }

  /** P-0.5 Whole seconds; a fraction is cut off. */
  #now(): Instant {
    return Math.floor(this.#clock() / 1000);
  }
}
