/**
 * A ledger without a store, for properties: the streams of some accounts, folded as they grow, and every append as it was
 * decided. Unlike `simulate` it can be advanced early, late or not at all, and keeps the states between.
 */
import type { Account } from '../accounts/account.js';
import { advance, usageDue, type UsageRead } from '../advance.js';
import { instant, monthOf, type Instant } from '../calendar.js';
import type { Command } from '../commands.js';
import { isRefused, type Decision, type Refused } from '../decision.js';
import { decide, type Given } from '../decide.js';
import type { AccountEvent, LedgerEvent, UsageEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { Step } from '../simulate.js';
import { usageStream } from '../streams.js';
import { nextDueAt } from '../timers.js';
import { evolveUsage, type UsageMonth } from '../usage/usage-month.js';

/** One append: what time brought, or what a command did. */
export type Append = {
  readonly accountId: string;
  readonly at: Instant;
  readonly command: Command | null;
  readonly events: readonly LedgerEvent[];
  readonly before: Account | null;
  readonly after: Account | null;
  /** The same question put to another state, with all else that was read. */
  readonly again: (account: Account | null) => Decision;
  /** The state that the decision said it leaves. */
  readonly said: Account | undefined;
};

export type Refusal = { readonly at: Instant; readonly command: Command; readonly refused: Refused };

export const isUsage = (event: LedgerEvent): event is UsageEvent =>
  event.type === 'UsageRecorded' || event.type === 'UsageCorrected';

/** More appends at one call than any account of these histories can need; beyond it time does not end. */
const BOUND = 5_000;

export class Ledger {
  readonly accounts = new Map<string, Account>();
  readonly appends: Append[] = [];
  readonly refusals: Refusal[] = [];
  private readonly usage = new Map<string, UsageEvent[]>();
  private readonly claims = new Map<string, string>();

  /** All that is due for an account up to and at an instant. */
  advance(accountId: string, until: Instant): void {
    for (let appends = 0; ; appends++) {
      const account = this.accounts.get(accountId);
      const at = account && nextDueAt(account);
      if (!account || at === null || at === undefined || at > until) return;
      if (appends > BOUND) throw new Error(`time does not end for ${accountId} at ${at}`);
      const read = this.readFor(account, at);
      this.append(account, at, null, (state) => advance(state ?? account, read));
    }
  }

  advanceAll(until: Instant): void {
    for (const accountId of this.accounts.keys()) this.advance(accountId, until);
  }

  /** A command on the account as it stands; who wants time to pass before it says so. */
  ask(command: Command, at: Instant): void {
    const account = this.accounts.get(command.accountId) ?? null;
    const given = this.given(command);
    const again = (state: Account | null): Decision => decide(state, command, at, given);
    const decision = again(account);
    if (isRefused(decision)) this.refusals.push({ at, command, refused: decision });
    else this.append(account, at, command, again);
  }

  /** What a settlement at an instant reads: what had been received before it, however late it runs. P-7.6 */
  readFor(account: Account, at: Instant): UsageRead {
    const keys = usageDue(account).map(({ appId, month }) => usageStream(appId, month));
    return new Map(
      keys.flatMap((stream) => {
        const month = fold((this.usage.get(stream) ?? []).filter(({ effectiveAt }) => instant(effectiveAt) < at));
        return month ? [[stream, month] as const] : [];
      }),
    );
  }

  /** The events of an account, and of the usage streams of its apps, as they were appended. */
  events(accountId: string): readonly LedgerEvent[] {
    return this.appends.filter((append) => append.accountId === accountId).flatMap(({ events }) => events);
  }

  accountEvents(accountId: string): readonly AccountEvent[] {
    return this.events(accountId).filter((event) => !isUsage(event));
  }

  given(command: Command): Given {
    if (command.do === 'CreateApp') return { claimedBy: this.claims.get(command.appId) ?? null };
    if (command.do !== 'RecordUsage' && command.do !== 'CorrectUsage') return {};
    const day = command.do === 'RecordUsage' ? (command.samples[0]?.day ?? '') : command.day;
    return { usage: fold(this.usage.get(usageStream(command.appId, monthOf(day))) ?? []) };
  }

  /** What is metered goes to a stream of its own, whatever state the account is in. */
  receive(event: UsageEvent): void {
    const stream = usageStream(event.appId, monthOf(event.samples[0]?.day ?? ''));
    this.usage.set(stream, [...(this.usage.get(stream) ?? []), event]);
  }

  private append(before: Account | null, at: Instant, command: Command | null, again: Append['again']): void {
    const decided = again(before);
    if (isRefused(decided)) throw new Error(`refused: ${decided.refusal}`);
    const { events, after: said } = decided;
    const accountId = before?.accountId ?? command?.accountId ?? '';
    let after = before;
    for (const event of events) {
      if (isUsage(event)) this.receive(event);
      else {
        after = evolve(after, event);
        if (event.type === 'AppCreated') this.claims.set(event.appId, accountId);
      }
    }
    if (after) this.accounts.set(accountId, after);
    this.appends.push({ accountId, at, command, events, before, after, again, said });
  }
}

const fold = (events: readonly UsageEvent[]): UsageMonth | null =>
  events.reduce<UsageMonth | null>((month, event, revision) => evolveUsage(month, event, BigInt(revision)), null);

/** Every step in time: all accounts advanced to it, then the command. */
export const played = (steps: readonly Step[]): Ledger => {
  const ledger = new Ledger();
  for (const { at, command } of steps) {
    ledger.advanceAll(at);
    if (command) ledger.ask(command, at);
  }
  return ledger;
};
