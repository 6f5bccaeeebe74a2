import { beforeAll, describe, expect, it } from '@jest/globals';
import { accountStream, evolve, instant, type Account, type Command, type Instant } from '@ledger/domain';
import { ACCOUNT_EVENTS, decode } from '@ledger/event-store';
import fc from 'fast-check';
import { histories } from '../../../domain/src/properties/histories.js';
import { played } from '../../../domain/src/properties/ledger.js';
import { useStore } from '../../../event-store/src/testing/store.js';
import { writeLife } from '../testing/life.js';
import { MemoryStore } from '../testing/memory-store.js';
import { AccountBalance, type Balance } from './account-balance.js';
import { trialBalance, type TrialStep } from './trial-balance.js';

const never = new AbortController().signal;
const server = useStore();
let store: MemoryStore;
let end: Instant;

beforeAll(async () => {
  store = new MemoryStore();
  await writeLife(store, 'a');
  end = await writeLife(store, 'b');
});

const stepsAt = async (at: Instant, of: Parameters<typeof trialBalance>[0] = store): Promise<readonly TrialStep[]> => {
  const steps: TrialStep[] = [];
  for await (const step of trialBalance(of, at, never)) if (step.kind !== 'progress') steps.push(step);
  return steps;
};

describe('the trial balance', () => {
  it('of accounts with every kind of movement sums to nothing', async () => {
    const [balance] = await stepsAt(end);
    expect(balance).toMatchObject({ kind: 'balance', accounts: 2, off: 0, unreadable: 0 });
    expect(balance).toMatchObject({
      currencies: [
        {
          currency: 'USD',
          accounts: 2,
          difference: '0.00',
          lines: {
            toppedUp: '48002.00',
            giftsGranted: '400.00',
            vouchersIssued: '300.00',
            vouchersUsed: '200.00',
            vouchersExpired: '100.00',
            vouchersForfeited: '0.00',
            charged: '38002.00',
          },
        },
      ],
    });
  });

  it('is as of an instant: what came later is not in it', async () => {
    const [balance] = await stepsAt(instant('2024-08-02T10:00:00+08:00'));
    expect(balance).toMatchObject({
      currencies: [
        {
          difference: '0.00',
          lines: { toppedUp: '18000.00', charged: '0.00', vouchersOutstanding: '100.00', notYetEarned: '2194.00' },
          notYetEarnedByMonth: { '2024-08': '731.34', '2024-09': '731.32', '2024-10': '731.34' },
        },
      ],
    });
    const [before] = await stepsAt(instant('2024-07-01T00:00:00Z'));
    expect(before).toMatchObject({ kind: 'balance', accounts: 0, currencies: [] });
  });

  it('is the same from a real store, which does not end by itself', async () => {
    expect(await stepsAt(end, server.adapter())).toMatchObject([{ kind: 'balance', accounts: 0 }]);
    await writeLife(server.adapter(), 'a');
    await writeLife(server.adapter(), 'b');
    const [found] = await stepsAt(end, server.adapter());
    const [expected] = await stepsAt(end);
    expect(found).toEqual(expected);
  });

  it('names the account that does not sum to nothing, and the one that cannot be read', async () => {
    const wrong = new MemoryStore();
    await writeLife(wrong, 'a');
    await writeLife(wrong, 'b');
    await writeLife(wrong, 'c');
    const charged = wrong.stream(accountStream('a')).findIndex(({ type }) => type === 'AccountCharged');
    const change = (account: string, revision: number, change: object): void => {
      const events = wrong.stream(accountStream(account));
      events[revision] = { ...events[revision]!, ...change };
    };
    const { data } = wrong.stream(accountStream('a'))[charged]!;
    change('a', charged, { data: { ...Object(data), amount: '19000.01' } });
    change('c', 5, { type: 'Nothing' });
    expect(await stepsAt(end, wrong)).toMatchObject([
      { kind: 'off', accountId: 'a', currency: 'USD', difference: '-0.01' },
      { kind: 'unreadable', accountId: 'c', finding: { revision: '5' } },
      { kind: 'balance', accounts: 3, off: 1, unreadable: 1, currencies: [{ accounts: 2, difference: '-0.01' }] },
    ]);
  });
});

describe('the balance of an account', () => {
  it('sums to nothing at every event of any history', () => {
    fc.assert(
      fc.property(histories(), ({ steps }) => {
        const ledger = played(steps);
        for (const accountId of ledger.accounts.keys()) {
          const sums = new AccountBalance();
          let account: Account | null = null;
          for (const event of ledger.accountEvents(accountId)) {
            account = evolve(account, event);
            sums.add(event);
            const { difference, lines } = sums.at(account, account.lastAt);
            expect([difference, lines.notYetEarned.startsWith('-')]).toEqual(['0.00', false]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('tells what vouchers paid, of orders and of upgrades, from what was lost of them', () => {
    const at = instant('2024-08-01T10:00:00+08:00');
    const app = { accountId: 'a1', appId: 'p1' };
    const voucher = (voucherId: string, amount: string): Command => ({
      do: 'IssueVoucher',
      accountId: 'a1',
      voucherId,
      amount,
      validUntil: '2030-01-01T00:00:00Z',
    });
    const commands: readonly Command[] = [
      { do: 'OpenAccount', accountId: 'a1', currency: 'USD' },
      { do: 'TopUp', accountId: 'a1', amount: '9000.00' },
      voucher('v1', '500.00'),
      voucher('v2', '100.00'),
      voucher('v3', '7.00'),
      { do: 'CreateApp', ...app, dataCentre: 'singapore', priceBook: 'intl-2024' },
      { do: 'Purchase', ...app, product: 'standard', months: 1, vouchers: ['v1'] },
      { do: 'Upgrade', ...app, to: 'premium', vouchers: ['v2'] },
    ];
    const ledger = played(commands.map((command) => ({ at, command })));
    expect(ledger.refusals).toEqual([]);
    const sums = new AccountBalance();
    for (const event of ledger.accountEvents('a1')) sums.add(event);
    const account = ledger.accounts.get('a1');
    expect(account && sums.at(account, at).lines).toMatchObject({
      vouchersIssued: '607.00',
      vouchersUsed: '499.00',
      vouchersForfeited: '101.00',
      vouchersOutstanding: '7.00',
    });
  });

  it('does not, where the fold has lost a cent', () => {
    const [sums, account] = folded();
    const balance = (changed: Partial<Account['wallet']>): Balance =>
      sums.at({ ...account, wallet: { ...account.wallet, ...changed } }, account.lastAt);
    expect(balance({}).difference).toBe('0.00');
    expect(balance({ cash: '-0.01' }).difference).not.toBe('0.00');
    expect(balance({ vouchers: new Map() }).difference).not.toBe('0.00');
  });
});

const folded = (): readonly [AccountBalance, Account] => {
  const sums = new AccountBalance();
  let account: Account | null = null;
  for (const recorded of store.stream(accountStream('a'))) {
    const decoded = decode(ACCOUNT_EVENTS, recorded);
    if (decoded.kind === 'unreadable') throw new Error(decoded.reason);
    account = evolve(account, decoded.event);
    sums.add(decoded.event);
  }
  if (!account) throw new Error('no account');
  return [sums, account];
};
