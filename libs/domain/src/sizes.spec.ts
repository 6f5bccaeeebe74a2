/**
 * The largest account: 300 apps with every meter and add-on, all names as long as they may be. Whatever happens to all of
 * them at once stays under what the store takes in an append; a bill that would pass its size comes in parts. language.md
 */
import { describe, expect, it } from '@jest/globals';
import type { Account } from './accounts/account.js';
import { advance, usageDue } from './advance.js';
import { DAY, instant, localDay, startOfMonth, type Instant, type Month } from './calendar.js';
import type { Command } from './commands.js';
import { isRefused } from './decision.js';
import { decide } from './decide.js';
import type { AccountEvent, BillIssued } from './events.js';
import { evolve } from './evolve.js';
import { add } from './money.js';
import { bookOf } from './price-books/books.js';
import { usageStream } from './streams.js';
import { banAccount, chargeAccount, createApp, openAccount, purchase, renewBatch, topUp } from './testing/commands.js';
import { nextDueAt } from './timers.js';
import { evolveUsage, type UsageMonth } from './usage/usage-month.js';

const MIB = 1024 * 1024;
const LARGEST_BILL = 512 * 1024;
/** What the write path adds to each event, roughly; to the first of an append the command too. */
const METADATA = 450;

const accountId = 'a'.repeat(64);
const appIds = Array.from({ length: 300 }, (_, i) => `${'p'.repeat(61)}${String(i).padStart(3, '0')}`);

type Append = { readonly events: readonly AccountEvent[]; readonly command?: Command };

const jsonSize = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const sizeOf = ({ events, command }: Append): number =>
  events.reduce((size, event) => size + jsonSize(event) + METADATA, command ? jsonSize(command) : 0);

type Figures = (appId: string, month: Month) => UsageMonth | null;

/** An account that is asked and advanced directly, each append kept; its usage is the same for every app. */
class Largest {
  readonly appends: Append[] = [];

  constructor(
    private account: Account | null,
    private readonly figuresOf: Figures = () => null,
  ) {}

  get state(): Account | null {
    return this.account;
  }

  ask(at: string, command: Command): this {
    this.until(instant(at));
    const decided = decide(this.account, command, instant(at));
    if (isRefused(decided)) throw new Error(`${command.do}: ${decided.refusal}`);
    return this.append({ events: decided.events as readonly AccountEvent[], command });
  }

  askForEach(at: string, ...commands: readonly ((appId: string) => Command)[]): this {
    for (const appId of appIds) for (const command of commands) this.ask(at, command(appId));
    return this;
  }

  until(at: Instant): this {
    for (let due = this.dueAt; due !== null && due <= at; due = this.dueAt) {
      const account = this.account as Account;
      const read = usageDue(account).flatMap(({ appId, month }) => {
        const figures = this.figuresOf(appId, month);
        return figures ? [[usageStream(appId, month), figures] as const] : [];
      });
      this.append({ events: advance(account, new Map(read)).events });
    }
    return this;
  }

  get bills(): readonly BillIssued[] {
    return this.appends.flatMap(({ events }) => events).filter((event) => event.type === 'BillIssued');
  }

  private get dueAt(): Instant | null {
    return this.account && nextDueAt(this.account);
  }

  private append(append: Append): this {
    this.account = append.events.reduce<Account | null>(evolve, this.account);
    this.appends.push(append);
    return this;
  }
}

/** From the 3rd, 00:00, both kinds of terms end at one second, at which the month before is settled too. */
const BEGIN = '2024-06-03T00:00:00+08:00';
const EVE = '2024-07-02T00:00:00+08:00';
const END = '2024-07-03T00:00:00+08:00';

/** The highest package with one add-on of each family, for a month, all of it renewed automatically. */
const opened = (bookId: string): Account => {
  const book = bookOf(bookId);
  const product = book?.packages.at(-1)?.id ?? '';
  const open = (book?.addOns ?? []).filter(({ openTo, trial }) => Object.hasOwn(openTo, product) && !trial);
  const ofFamily = open.filter(({ family }, i) => open.findIndex((other) => other.family === family) === i);
  const more = { accountId, renewal: 'automatic' } as const;
  const { state } = new Largest(null)
    .ask(BEGIN, openAccount(book?.currency ?? 'USD', { accountId }))
    .ask(BEGIN, topUp('9999999999999.99', { accountId }))
    .askForEach(
      BEGIN,
      (appId) => createApp(bookId, { accountId, appId }),
      (appId) => purchase(product, { ...more, appId }),
      ...ofFamily.map(
        ({ id }) =>
          (appId: string) =>
            purchase(id, { ...more, appId }),
      ),
    );
  if (!state) throw new Error('there is no account');
  return state;
};

/** Every meter of the book above its quota on the first days of each month, of every app alike. */
const metered = (bookId: string, days: number): Figures => {
  const known = new Map<Month, UsageMonth>();
  const figures = (month: Month): UsageMonth => {
    const samples = (bookOf(bookId)?.meters ?? []).flatMap(({ meter, region, free, unit }) =>
      Array.from({ length: days }, (_, i) => {
        const day = localDay(startOfMonth(month) + i * DAY);
        return { meter, day, value: free + unit, ...(region !== null && { region }) };
      }),
    );
    return evolveUsage(null, { type: 'UsageRecorded', accountId, effectiveAt: '', appId: '', samples }, 1_000n);
  };
  return (_, month) => {
    const each = known.get(month) ?? figures(month);
    known.set(month, each);
    return each;
  };
};

/** All that the wallet has, and a cent; so that it is overdue. */
const drained = (account: Account, at: string, figures?: Figures): Largest =>
  new Largest(account, figures).ask(at, chargeAccount(add(account.wallet.cash, '0.01'), { accountId }));

const eventsOf = ({ appends }: Largest): readonly AccountEvent[] => appends.flatMap(({ events }) => events);
const countOf = (largest: Largest, type: AccountEvent['type']): number =>
  eventsOf(largest).filter((event) => event.type === type).length;
const largestOf = ({ appends }: Largest): number => Math.max(...appends.map(sizeOf));

describe.each([
  ['intl-2024', 9],
  ['cn-2023', 4],
])('300 apps in %s with all add-ons', (bookId, terms) => {
  const account = opened(bookId);
  const eve = new Largest(account).until(instant(EVE)).state as Account;

  it('all terms renew themselves at the instant at which a month is settled', () => {
    const after = new Largest(eve, metered(bookId, 1)).until(instant(END));
    expect(countOf(after, 'Renewed')).toBe(300 * terms);
    expect(largestOf(after)).toBeLessThan(MIB);
  });

  it('all terms end for want of money at the instant of the stop for arrears', () => {
    const after = drained(eve, EVE, metered(bookId, 1)).until(instant(END));
    expect(countOf(after, 'AutoRenewalFailed')).toBe(300 * terms);
    expect(countOf(after, 'Suspended')).toBe(300);
    expect(largestOf(after)).toBeLessThan(MIB);
  });

  it('a top-up ends the arrears: all serve again, and all packages in grace are renewed', () => {
    const after = drained(eve, '2024-07-02T12:00:00+08:00').ask(
      '2024-07-03T13:00:00+08:00',
      topUp('9999999999999.99', { accountId }),
    );
    const cascade = after.appends.at(-1) as Append;
    expect(cascade.events.map(({ type }) => type)).toEqual([
      'FundsToppedUp',
      'ArrearsCleared',
      ...appIds.map(() => 'Resumed'),
      ...appIds.map(() => 'Renewed'),
    ]);
    expect(largestOf(after)).toBeLessThan(MIB);
  });

  it('the account is banned, and 90 days later all is reclaimed', () => {
    const after = new Largest(account).ask(BEGIN, banAccount({ accountId })).until(instant(BEGIN) + 90 * DAY);
    expect(countOf(after, 'ResourcesReclaimed')).toBe(300);
    expect(largestOf(after)).toBeLessThan(MIB);
  });

  it('all packages are renewed in one batch', () => {
    const product = account.apps.get(appIds[0] ?? '')?.package?.product ?? '';
    const items = appIds.map((appId) => ({ appId, product, months: 24 }));
    const after = new Largest(account).ask(BEGIN, { ...renewBatch(...items), accountId });
    expect(countOf(after, 'Renewed')).toBe(300);
    expect(largestOf(after)).toBeLessThan(MIB);
  });

  it('a month is billed together with the late usage of its days', () => {
    const after = new Largest(eve, metered(bookId, 20)).until(instant(END));
    expect(new Set(after.bills.flatMap(({ lines }) => lines.map(({ appId }) => appId))).size).toBe(300);
    expect(Math.max(...after.bills.map(jsonSize))).toBeLessThan(LARGEST_BILL);
    expect(largestOf(after)).toBeLessThan(MIB);
    // Each part of a bill is an append of its own.
    const parts = after.appends.filter(({ events }) => events.some((event) => 'part' in event));
    expect(parts.map(({ events }) => events.length)).toEqual(parts.map(() => 1));
  });
});
