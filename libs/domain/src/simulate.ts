/**
 * A journey on a virtual clock, nothing written: the same decisions as in a running service. P-0.7; language.md, Journeys
 */
import type { Account } from './accounts/account.js';
import { advance, usageDue } from './advance.js';
import { localDay, monthOf, type Instant } from './calendar.js';
import type { Command } from './commands.js';
import { isRefused, type Clause, type Decided, type Details, type RefusalName } from './decision.js';
import { decide, type Given } from './decide.js';
import type { BillIssued, BillLine, LedgerEvent, UsageEvent } from './events.js';
import { evolve } from './evolve.js';
import { add } from './money.js';
import { accountStream, usageStream } from './streams.js';
import { nextDueAt } from './timers.js';
import { evolveUsage, type UsageMonth } from './usage/usage-month.js';
import { accountView, appView, timerViews, type AccountView, type AppView, type TimerView } from './views.js';

/** A step of a journey; without a command it moves the clock. */
export type Step = { readonly at: Instant; readonly command?: Command };

export type SimulatedEvent = {
  readonly type: LedgerEvent['type'];
  readonly effectiveAt: string;
  readonly stream: string;
  readonly revision: number;
  readonly data: Omit<LedgerEvent, 'type'>;
};

export type SimulatedRefusal = {
  readonly step: number;
  readonly command: Command['do'];
  readonly refusal: RefusalName;
  readonly clause: Clause;
  readonly item?: number;
  readonly details: Details;
};

export type BillView = {
  readonly billId: string;
  readonly period: string;
  readonly total: string;
  readonly lines: readonly BillLine[];
};

export type SimulationResult = {
  readonly events: readonly SimulatedEvent[];
  readonly refusals: readonly SimulatedRefusal[];
  readonly accounts: { readonly [accountId: string]: AccountView & { readonly bills: readonly BillView[] } };
  readonly apps: { readonly [appId: string]: AppView };
  readonly timers: readonly TimerView[];
};

export const simulate = (steps: readonly Step[]): SimulationResult => {
  const world = new World();
  for (const [index, { at, command }] of steps.entries()) {
    world.advanceAll(at);
    if (command) world.ask(command, at, index);
  }
  return world.result(steps.at(-1)?.at ?? 0);
};

/** The streams of a simulated store, folded as they grow. */
class World {
  private readonly accounts = new Map<string, Account>();
  private readonly usage = new Map<string, UsageMonth>();
  private readonly claims = new Map<string, string>();
  private readonly revisions = new Map<string, number>();
  private readonly bills = new Map<string, BillView[]>();
  private readonly events: SimulatedEvent[] = [];
  private readonly refusals: SimulatedRefusal[] = [];

  /** Everything due until then, over all accounts, oldest first. */
  advanceAll(until: Instant): void {
    for (let next = this.earliest(until); next; next = this.earliest(until)) {
      const needed = usageDue(next).map(({ appId, month }) => usageStream(appId, month));
      const read = new Map(needed.flatMap((stream) => this.read(stream)));
      this.appendAll(advance(next, read));
    }
  }

  private read(stream: string): readonly (readonly [string, UsageMonth])[] {
    const month = this.usage.get(stream);
    return month ? [[stream, month]] : [];
  }

  private earliest(until: Instant): Account | null {
    let first: { readonly account: Account; readonly at: Instant } | null = null;
    for (const account of this.accounts.values()) {
      const at = nextDueAt(account);
      if (at === null || at > until) continue;
      // P-0.6 At one instant by account.
      if (first === null || at < first.at || (at === first.at && account.accountId < first.account.accountId))
        first = { account, at };
    }
    return first?.account ?? null;
  }

  ask(command: Command, at: Instant, step: number): void {
    const account = this.accounts.get(command.accountId) ?? null;
    const decision = decide(account, command, at, this.given(command));
    const refuse = (refused: { refusal: RefusalName; clause: Clause; details: Details }, item?: number): void => {
      const { refusal, clause, details } = refused;
      this.refusals.push({ step, command: command.do, refusal, clause, ...(item !== undefined && { item }), details });
    };
    if (isRefused(decision) && !decision.items) refuse(decision);
    for (const [item, result] of (decision.items ?? []).entries()) if ('refusal' in result) refuse(result, item);
    if (!isRefused(decision)) this.appendAll(decision);
  }

  private given(command: Command): Given {
    if (command.do === 'CreateApp') return { claimedBy: this.claims.get(command.appId) ?? null };
    if (command.do !== 'RecordUsage' && command.do !== 'CorrectUsage') return {};
    const day = command.do === 'RecordUsage' ? command.samples[0]?.day : command.day;
    return { usage: (day !== undefined && this.usage.get(usageStream(command.appId, monthOf(day)))) || null };
  }

  private appendAll({ events, after }: Decided): void {
    for (const event of events) this.append(event);
    const account =
      after ??
      events.filter((event) => !isUsage(event)).reduce(evolve, this.accounts.get(events[0]?.accountId ?? '') ?? null);
    if (account) this.accounts.set(account.accountId, account);
  }

  private append(event: LedgerEvent): void {
    const usageEvent = isUsage(event);
    const stream = usageEvent
      ? usageStream(event.appId, monthOf(event.samples[0]?.day ?? localDay(0)))
      : accountStream(event.accountId);
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const { type, ...data } = event;
    // The contact and its erasure are no part of a journey's result.
    if (type !== 'ContactErased') this.events.push({ type, effectiveAt: event.effectiveAt, stream, revision, data });
    if (usageEvent) {
      this.usage.set(stream, evolveUsage(this.usage.get(stream) ?? null, event, BigInt(revision)));
      return;
    }
    if (event.type === 'AppCreated') this.claims.set(event.appId, event.accountId);
    if (event.type === 'BillIssued')
      this.bills.set(event.accountId, withBillView(this.bills.get(event.accountId) ?? [], event));
  }

  result(at: Instant): SimulationResult {
    const accounts = [...this.accounts.values()];
    return {
      events: this.events,
      refusals: this.refusals,
      accounts: Object.fromEntries(
        accounts.map((account) => [
          account.accountId,
          { ...accountView(account), bills: this.bills.get(account.accountId) ?? [] },
        ]),
      ),
      apps: Object.fromEntries(
        accounts.flatMap((account) =>
          [...account.apps.values()].map((app) => [app.appId, appView(account.accountId, app, at)]),
        ),
      ),
      timers: accounts
        .flatMap((account) => timerViews(account, at))
        .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0)),
    };
  }
}

const isUsage = (event: LedgerEvent): event is UsageEvent =>
  event.type === 'UsageRecorded' || event.type === 'UsageCorrected';

/** The parts of a bill are joined by its id. */
const withBillView = (bills: readonly BillView[], { billId, period, total, lines }: BillIssued): BillView[] => {
  const before = bills.find((bill) => bill.billId === billId);
  if (!before) return [...bills, { billId, period, total, lines }];
  const joined = { ...before, total: add(before.total, total), lines: [...before.lines, ...lines] };
  return bills.map((bill) => (bill === before ? joined : bill));
};
