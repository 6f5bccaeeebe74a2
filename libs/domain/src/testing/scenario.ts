/**
 * Given, when, then: the only language of rule specs. It knows no rule: a scenario is a list of steps, run on the virtual
 * clock of `simulate` each time something is asserted.
 */
import { expect } from '@jest/globals';
import type { Account } from '../accounts/account.js';
import { instant } from '../calendar.js';
import { COMMAND_REFUSALS } from '../command-refusals.js';
import type { Command } from '../commands.js';
import type { RefusalName } from '../decision.js';
import type { AccountEvent, LedgerEvent } from '../events.js';
import { evolve } from '../evolve.js';
import { simulate, type BillView, type SimulationResult, type Step } from '../simulate.js';
import { accountStream } from '../streams.js';
import type { AppView } from '../views.js';
import { ACCOUNT, APP } from './commands.js';

/** What an event must have; fields not named are not looked at. */
export type Expected = { readonly type: LedgerEvent['type']; readonly [field: string]: unknown };

/** What was refused of a batch: the item's index, the name and its clause. */
export type RefusedItem = {
  readonly item: number;
  readonly refusal: RefusalName;
  readonly clause: string;
  readonly details?: Record<string, unknown>;
};

/** A history in which every command was accepted. */
export const given = (time: string, ...commands: readonly Command[]): Scenario =>
  new Scenario([]).and(time, ...commands);

export class Scenario {
  constructor(private readonly steps: readonly Step[]) {}

  /** Further commands, all at one instant; all must be accepted. */
  and(time: string, ...commands: readonly Command[]): Scenario {
    const steps = [...this.steps, ...commands.map((command) => ({ at: instant(time), command }))];
    const { refusals } = simulate(steps);
    if (refusals.length > 0) throw new Error(`the given history is refused: ${JSON.stringify(refusals)}`);
    return new Scenario(steps);
  }

  /** Time passes, whatever it brings. */
  until(time: string): Scenario {
    return new Scenario([...this.steps, { at: instant(time) }]);
  }

  when(time: string, command: Command): Outcome {
    return new Outcome([...this.steps, { at: instant(time) }], { at: instant(time), command });
  }

  /** What happens by itself after the last step given, up to and at an instant. */
  whenTimeIs(time: string): Outcome {
    return new Outcome(this.steps, { at: instant(time) });
  }

  /** The result of the whole, at the last step. */
  get result(): SimulationResult {
    return simulate(this.steps);
  }

  app(appId = APP): AppView {
    const app = this.result.apps[appId];
    if (!app) throw new Error(`there is no app ${appId}`);
    return app;
  }

  account(accountId = ACCOUNT): SimulationResult['accounts'][string] {
    const account = this.result.accounts[accountId];
    if (!account) throw new Error(`there is no account ${accountId}`);
    return account;
  }

  /** The fold of the account's stream, for what is asked of a state and not of a journey. */
  state(accountId = ACCOUNT): Account {
    const account = this.result.events
      .filter(({ stream }) => stream === accountStream(accountId))
      .reduce<Account | null>((state, { type, data }) => evolve(state, { type, ...data } as AccountEvent), null);
    if (!account) throw new Error(`there is no account ${accountId}`);
    return account;
  }

  /** The bill of a month, or of a day of push; its parts joined. */
  bill(period: string, accountId = ACCOUNT): BillView {
    const bill = this.account(accountId).bills.find((each) => each.period === period);
    if (!bill) throw new Error(`there is no bill of ${period}`);
    return bill;
  }
}

export class Outcome {
  private readonly before: SimulationResult;
  private readonly after: SimulationResult;

  constructor(
    private readonly steps: readonly Step[],
    private readonly last: Step,
  ) {
    this.before = simulate(steps);
    this.after = simulate([...steps, last]);
  }

  /** The events that the step brought, data and type together. */
  get events(): readonly Record<string, unknown>[] {
    return this.after.events.slice(this.before.events.length).map(({ type, data }) => ({ type, ...data }));
  }

  /** Exactly these events, in this order, each with at least the fields named. */
  then(...expected: readonly Expected[]): Scenario {
    expect(this.refusals).toEqual([]);
    expect(this.events).toMatchObject(expected);
    return new Scenario([...this.steps, this.last]);
  }

  /** These events among others, in this order. */
  thenAmong(...expected: readonly Expected[]): Scenario {
    expect(this.refusals).toEqual([]);
    const types = new Set(expected.map(({ type }) => type));
    expect(this.events.filter(({ type }) => types.has(type as LedgerEvent['type']))).toMatchObject(expected);
    return new Scenario([...this.steps, this.last]);
  }

  thenNothing(): Scenario {
    return this.then();
  }

  thenRefused(refusal: RefusalName, clause: string, details: Record<string, unknown> = {}): void {
    expect(this.refusals).toMatchObject([{ refusal, clause, details }]);
    expect(this.events).toEqual([]);
  }

  /** Some items of a batch are refused, each alone (P-3.3); the others brought exactly these events. */
  thenRefusing(items: readonly RefusedItem[], ...expected: readonly Expected[]): void {
    expect(this.refusals).toMatchObject(items);
    expect(this.events).toMatchObject(expected);
  }

  /** Each must be one that its command is documented with. */
  private get refusals(): SimulationResult['refusals'] {
    const refusals = this.after.refusals.slice(this.before.refusals.length);
    for (const { command, refusal } of refusals) expect(COMMAND_REFUSALS[command]).toContain(refusal);
    return refusals;
  }
}
