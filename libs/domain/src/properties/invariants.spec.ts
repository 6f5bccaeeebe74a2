/** What the audit demands of every stored history holds over any history of these rules, and is not vacuous. */
import { describe, expect, it } from '@jest/globals';
import type { AccountEvent } from '../events.js';
import { evolve } from '../evolve.js';
import type { Account } from '../accounts/account.js';
import { AccountInvariants, type InvariantName } from '../invariants/account-invariants.js';
import { simulate } from '../simulate.js';
import { instant } from '../calendar.js';
import { chargeAccount, createApp, grantGift, openAccount, purchase, topUp } from '../testing/commands.js';
import { wrongInAny } from './failure.js';
import { isUsage } from './ledger.js';

describe('the invariants of an account', () => {
  it('hold after every append of any history', () => {
    const wrong = wrongInAny(function* ({ appends }) {
      const audits = new Map<string, AccountInvariants>();
      for (const { accountId, events, after } of appends) {
        const audit = audits.get(accountId) ?? new AccountInvariants();
        audits.set(accountId, audit);
        if (after)
          yield* audit.audit(
            events.filter((event) => !isUsage(event)),
            after,
          );
      }
    });
    expect(wrong).toBeUndefined();
  });
});

/** A life with a debt, a suspension for it and what lifts it. */
const life = (): readonly AccountEvent[] => {
  const at = (time: string): number => instant(`2024-08-${time}+08:00`);
  const { events } = simulate([
    ...[openAccount('USD'), topUp('1000.00'), grantGift('10.00'), createApp('intl-2024'), purchase('standard')].map(
      (command) => ({ at: at('01T10:00:00'), command }),
    ),
    { at: at('02T10:00:00'), command: chargeAccount('5000.00') },
    { at: at('04T10:00:00'), command: topUp('5000.00') },
  ]);
  return events.map(({ type, data }) => ({ type, ...data }) as AccountEvent);
};

/** What happened at one instant is one append here. */
const violated = (events: readonly AccountEvent[]): readonly InvariantName[] => {
  const audit = new AccountInvariants();
  let account: Account | null = null;
  const found = new Set<InvariantName>();
  for (const append of Map.groupBy(events, ({ effectiveAt }) => effectiveAt).values()) {
    account = append.reduce<Account | null>(evolve, account);
    if (account) for (const { invariant } of audit.audit(append, account)) found.add(invariant);
  }
  return [...found];
};

describe('a state that is not what its events moved', () => {
  it('is told from one that is', () => {
    const events = life();
    const account = events.reduce<Account | null>(evolve, null);
    if (!account) throw new Error('no account');
    const [first] = [...new AccountInvariants().audit(events, account)];
    expect(first).toBeUndefined();
    const lost = { ...account, wallet: { ...account.wallet, cash: '0.01' } };
    expect([...new AccountInvariants().audit(events, lost)]).toMatchObject([
      { invariant: 'wallet-is-its-movements', index: events.length - 1, actual: expect.stringContaining('0.01') },
    ]);
  });
});

type Change = (events: AccountEvent[]) => AccountEvent[];
const without =
  (type: AccountEvent['type']): Change =>
  (events) =>
    events.filter((event) => event.type !== type);
const changed =
  (type: AccountEvent['type'], fields: object): Change =>
  (events) =>
    events.map((event) => (event.type === type ? ({ ...event, ...fields } as AccountEvent) : event));
const again =
  (type: AccountEvent['type'], fields: object = {}): Change =>
  (events) => [...events, ...changed(type, fields)(events).filter((event) => event.type === type)];

describe('a history that did not happen', () => {
  it('is told from one that did', () => {
    expect(life().map(({ type }) => type)).toEqual(expect.arrayContaining(['Overdue', 'Suspended', 'Resumed']));
    expect(violated(life())).toEqual([]);
  });

  it.each<[string, InvariantName, Change]>([
    ['a charge whose parts are less', 'amounts-agree', changed('AccountCharged', { cash: '1.00' })],
    [
      'a gift taken while there is debt',
      'no-gift-in-debt',
      again('AccountCharged', { gift: '1.00', effectiveAt: '2024-08-09T00:00:00Z' }),
    ],
    ['a debt that nobody told', 'arrears-while-negative', without('Overdue')],
    ['arrears that never ended', 'arrears-while-negative', without('ArrearsCleared')],
    ['a suspension without its end', 'holds-as-told', without('Resumed')],
    ['an end without what lifts the cause', 'holds-as-told', without('ArrearsCleared')],
    ['a term bought twice', 'terms-contiguous', again('Purchased')],
    ['a purchase for an app that is gone', 'gone-is-final', (events) => deletedFirst(events)],
    ['an event of the day before', 'time-goes-on', again('Resumed', { effectiveAt: '2024-08-03T00:00:00Z' })],
  ])('%s', (_, invariant, change) => {
    expect(violated(change([...life()]))).toContain(invariant);
  });
});

const deletedFirst: Change = (events) => {
  const created = events.findIndex(({ type }) => type === 'AppCreated');
  const { accountId, effectiveAt } = events[created] ?? { accountId: '', effectiveAt: '' };
  return events.toSpliced(created + 1, 0, { type: 'AppDeleted', accountId, effectiveAt, appId: 'p1' });
};
