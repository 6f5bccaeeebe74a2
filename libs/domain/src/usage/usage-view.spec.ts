import { describe, expect, it } from '@jest/globals';
import type { Account } from '../accounts/account.js';
import type { App } from '../apps/app.js';
import type { AccountEvent, LedgerEvent, UsageEvent } from '../events.js';
import { evolve } from '../evolve.js';
import * as say from '../testing/commands.js';
import { createApp, openAccount, purchase, topUp } from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';
import { usageView, type UsageView } from './usage-view.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const NOW = '2024-08-20T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('2000.00'), createApp('intl-2024'), purchase('standard'));
const mau = (day: string, value: number) => say.recordUsage([{ meter: 'mau', day, value }]);

const isUsage = (event: LedgerEvent): event is UsageEvent =>
  event.type === 'UsageRecorded' || event.type === 'UsageCorrected';

const viewOf = (history: Scenario): UsageView => {
  const events = history.result.events.map(({ type, data }) => ({ type, ...data }) as LedgerEvent);
  const account = events.filter((event): event is AccountEvent => !isUsage(event)).reduce<Account | null>(evolve, null);
  const app: App | undefined = account?.apps.get('p1');
  if (!app) throw new Error('there is no app p1');
  return usageView(app, '2024-08', events.filter(isUsage));
};

describe('P-7.3 usage so far', () => {
  const used = standard
    .and(NOW, mau('2024-08-05', 9_000))
    .and(NOW, mau('2024-08-06', 12_000))
    .and(NOW, mau('2024-08-05', 11_000))
    .and(NOW, mau('2024-08-05', 8_000));

  it('has each day with the event that says so, and the peak with its witness', () =>
    expect(viewOf(used).meters).toEqual([
      {
        meter: 'mau',
        region: null,
        days: [
          { day: '2024-08-05', value: 11_000, corrected: false, revision: '2' },
          { day: '2024-08-06', value: 12_000, corrected: false, revision: '1' },
        ],
        peak: { day: '2024-08-06', value: 12_000, corrected: false, revision: '1' },
      },
    ]));

  it('costs what the bill would say now', () => {
    expect(viewOf(used)).toMatchObject({
      charges: [{ meter: 'mau', figure: 12_000, peakDay: '2024-08-06', units: 2_000, amount: '30.00' }],
      total: '30.00',
    });
    const billed = used.until('2024-09-03T00:00:00+08:00').account().bills;
    expect(billed).toMatchObject([{ total: '30.00', lines: viewOf(used).charges }]);
  });

  it('follows a correction down', () => {
    const corrected = used.and(NOW, say.correctUsage({ meter: 'mau', day: '2024-08-06', value: 10_500 }));
    expect(viewOf(corrected)).toMatchObject({
      meters: [{ peak: { day: '2024-08-05', value: 11_000, revision: '2' } }],
      total: '15.00',
    });
  });

  it('charges what is settled by the day, day by day', () => {
    const calls = (day: string, value: number) => say.recordUsage([{ meter: 'push-calls', day, value }]);
    const push = standard.and(BOUGHT, purchase('push')).and(NOW, calls('2024-08-05', 101), calls('2024-08-06', 102));
    expect(viewOf(push)).toMatchObject({
      charges: [
        { meter: 'push-calls', peakDay: '2024-08-05', units: 1, amount: '10.00' },
        { meter: 'push-calls', peakDay: '2024-08-06', units: 2, amount: '20.00' },
      ],
      total: '30.00',
    });
  });

  it('is nothing before anything was recorded', () =>
    expect(viewOf(standard)).toEqual({ meters: [], charges: [], total: '0.00' }));
});
