/** Samples come in: what is recorded, what changes nothing, what is refused. P-7.12, P-7.6, P-7.9; catalogue.md "Meters" */
import { describe, expect, it } from '@jest/globals';
import type { Sample } from '../commands.js';
import {
  banAccount,
  correctUsage,
  createApp,
  deleteApp,
  disableApp,
  openAccount,
  purchase,
  recordUsage,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const BEGIN = '2024-06-05T23:59:59+08:00';
const MID = '2024-06-20T12:00:00+08:00';
const created = (book: string): Scenario =>
  given(BEGIN, openAccount(book.startsWith('intl') ? 'USD' : 'CNY'), topUp('20000.00'), createApp(book));
const pro = created('cn-2023').and(BEGIN, purchase('pro', { months: 6 }));
const dau = (day: string, value: number): Sample => ({ meter: 'dau', day, value });

describe('P-7.6 samples are recorded in the usage stream of their app and month', () => {
  it('as one event a command, whatever its days', () => {
    const samples = [
      dau('2024-06-07', 5),
      dau('2024-06-06', 9),
      { meter: 'bandwidth', day: '2024-06-06', value: '0.5' },
    ];
    pro.when(MID, recordUsage(samples)).then({
      type: 'UsageRecorded',
      accountId: 'a1',
      appId: 'p1',
      effectiveAt: '2024-06-20T04:00:00Z',
      samples,
    });
    const streams = pro
      .and(MID, recordUsage(samples), recordUsage([dau('2024-06-19', 1)]))
      .and('2024-07-01T00:00:00+08:00', recordUsage([dau('2024-07-01', 1)]))
      .result.events.filter(({ type }) => type === 'UsageRecorded');
    expect(streams.map(({ stream, revision }) => [stream, revision])).toEqual([
      ['usage-p1-2024-06', 0],
      ['usage-p1-2024-06', 1],
      ['usage-p1-2024-07', 0],
    ]);
  });

  it('on Trial, while stopped, and of a banned account too', () => {
    const event = { type: 'UsageRecorded', samples: [dau('2024-06-07', 5)] } as const;
    for (const scenario of [created('cn-2023'), pro.and(MID, disableApp()), pro.and(MID, banAccount())])
      scenario.when(MID, recordUsage([dau('2024-06-07', 5)])).then(event);
  });

  it('of a meter whose plug-in does not run', () => {
    const samples = [{ meter: 'search-requests', day: '2024-06-07', value: 5 }];
    created('intl-2024').when(MID, recordUsage(samples)).then({ type: 'UsageRecorded', samples });
  });
});

describe('P-7.9 what raises no figure is not recorded', () => {
  const known = pro.and(MID, recordUsage([dau('2024-06-07', 100)]));

  it('a sample repeated, or late and lower', () => {
    known.when(MID, recordUsage([dau('2024-06-07', 100)])).thenNothing();
    known.when(MID, recordUsage([dau('2024-06-07', 99)])).thenNothing();
  });

  it('of a batch only what raises, each seeing those before it', () => {
    const batch = [dau('2024-06-07', 99), dau('2024-06-08', 1), dau('2024-06-08', 1), dau('2024-06-08', 2)];
    known.when(MID, recordUsage(batch)).then({ type: 'UsageRecorded', samples: [batch[1], batch[3]] });
  });

  it('a 0 on a day without a figure', () => {
    known.when(MID, recordUsage([dau('2024-06-09', 0)])).thenNothing();
  });

  it('bandwidth of the mainland, with its region named or not, is one figure', () => {
    const mbps = (value: number | string, region?: string): Sample => ({
      meter: 'bandwidth',
      day: '2024-06-07',
      value,
      ...(region !== undefined && { region }),
    });
    const two = pro.and(MID, recordUsage([mbps('2.0')]));
    two.when(MID, recordUsage([mbps(2, 'mainland')])).thenNothing();
    two.when(MID, recordUsage([mbps('2', 'abroad')])).then({ type: 'UsageRecorded' });
    two.when(MID, recordUsage([mbps('10.0')])).then({ type: 'UsageRecorded' });
  });
});

describe('P-7.9 a correction sets the figure of its day', () => {
  const recorded = pro.and(MID, recordUsage([dau('2024-06-07', 50_000), dau('2024-06-08', 30_000)]));
  const correct = (value: number) => correctUsage(dau('2024-06-07', value));
  const figure = (scenario: Scenario): unknown =>
    scenario
      .until('2024-07-03T00:00:00+08:00')
      .bill('2024-06')
      .lines.map((line) => line.figure);

  it('down too, and the peak is then another day’s', () => {
    recorded.when(MID, correct(20_000)).then({ type: 'UsageCorrected', samples: [dau('2024-06-07', 20_000)] });
    expect(figure(recorded.and(MID, correct(20_000)))).toEqual([30_000]);
  });

  it('after which no sample of that day changes it', () => {
    const corrected = recorded.and(MID, correct(20_000));
    corrected.when(MID, recordUsage([dau('2024-06-07', 90_000)])).thenNothing();
    corrected.when(MID, recordUsage([dau('2024-06-08', 90_000)])).then({ type: 'UsageRecorded' });
  });

  it('but a further correction does', () => {
    const twice = recorded.and(MID, correct(20_000), correct(40_000));
    expect(figure(twice)).toEqual([40_000]);
    twice.when(MID, correct(40_000)).thenNothing();
  });

  it('to what it is already: that holds from then on', () => {
    const held = recorded.and(MID, correct(50_000));
    held.when(MID, recordUsage([dau('2024-06-07', 90_000)])).thenNothing();
  });

  it('to 0 on a day without a figure: that holds against what comes later', () => {
    pro.when(MID, correct(0)).then({ type: 'UsageCorrected' });
    pro
      .and(MID, correct(0))
      .when(MID, recordUsage([dau('2024-06-07', 90_000)]))
      .thenNothing();
  });
});

describe('P-7.6 a meter that the app’s book has not is refused', () => {
  it.each([
    ['cn-2019', 'mau', undefined],
    ['cn-2019', 'bandwidth', 'abroad'],
    ['cn-2023', 'mau', undefined],
    ['cn-2023', 'bandwidth', 'moon'],
    ['cn-2023', 'dau', 'mainland'],
    ['overseas-2023', 'bandwidth', undefined],
    ['intl-2022', 'dau', undefined],
    ['intl-2022', 'push-calls', undefined],
    ['intl-2024', 'groups', undefined],
    ['intl-2024', 'history', undefined],
    ['intl-2024', 'standard', undefined],
  ])('%s, %s %s', (book, meter, region) => {
    const sample = { meter, day: '2024-06-07', value: 1, ...(region !== undefined && { region }) };
    created(book)
      .when(MID, recordUsage([sample]))
      .thenRefused('MeterUnknown', 'P-7.6', { meter });
    created(book).when(MID, correctUsage(sample)).thenRefused('MeterUnknown', 'P-7.6', { meter });
  });
});

describe('P-7.12 days in the future, and before the app was created, are refused', () => {
  it('tomorrow, not today, by local time', () => {
    const midnight = '2024-06-20T00:00:00+08:00';
    pro.when(midnight, recordUsage([dau('2024-06-20', 1)])).then({ type: 'UsageRecorded' });
    pro
      .when('2024-06-19T23:59:59+08:00', recordUsage([dau('2024-06-20', 1)]))
      .thenRefused('UsageInFuture', 'P-7.12', { day: '2024-06-20', today: '2024-06-19' });
    pro.when(midnight, correctUsage(dau('2024-06-21', 1))).thenRefused('UsageInFuture', 'P-7.12');
  });

  it('the day before the one of its creation, not that day', () => {
    pro.when(MID, recordUsage([dau('2024-06-05', 1)])).then({ type: 'UsageRecorded' });
    pro
      .when(MID, recordUsage([dau('2024-06-04', 1)]))
      .thenRefused('UsageBeforeApp', 'P-7.12', { createdOn: '2024-06-05' });
    pro.when(MID, correctUsage(dau('2024-06-04', 0))).thenRefused('UsageBeforeApp', 'P-7.12');
  });
});

describe('P-7.9 usage of a month is refused from the settlement of the third month after it on', () => {
  it('though nothing was ever billed', () => {
    const trial = created('cn-2023');
    trial.when('2024-10-02T23:59:59+08:00', recordUsage([dau('2024-06-30', 1)])).then({ type: 'UsageRecorded' });
    trial
      .when('2024-10-03T00:00:00+08:00', recordUsage([dau('2024-06-30', 1)]))
      .thenRefused('MonthClosed', 'P-7.9', { month: '2024-06' });
    trial.when('2024-10-03T00:00:00+08:00', recordUsage([dau('2024-07-01', 1)])).then({ type: 'UsageRecorded' });
  });
});

describe('P-7.12 samples are checked one by one, each from the meter on', () => {
  const late = '2024-12-31T00:00:00+08:00';
  const bad = {
    meter: { meter: 'mau', day: '2025-06-04', value: 1 },
    future: dau('2025-06-04', 1),
    before: dau('2024-06-04', 1),
    closed: dau('2024-06-06', 1),
    good: dau('2024-12-01', 1),
  };
  const trial = created('cn-2023');

  it('the first bad one refuses the command, and nothing is recorded', () => {
    const refusals = [
      [[bad.good, bad.closed, bad.meter], 'MonthClosed', 'P-7.9', 1],
      [[bad.before, bad.future], 'UsageBeforeApp', 'P-7.12', 0],
      [[bad.future, bad.meter], 'UsageInFuture', 'P-7.12', 0],
      [[bad.good, bad.good, bad.meter, bad.future], 'MeterUnknown', 'P-7.6', 2],
    ] as const;
    for (const [samples, refusal, clause, sample] of refusals)
      trial.when(late, recordUsage(samples)).thenRefused(refusal, clause, { sample });
  });

  it('an unknown meter before its day, the app’s first day before the closed month', () => {
    const unknown = (day: string): Sample => ({ meter: 'mau', day, value: 1 });
    for (const day of ['2025-06-04', '2024-06-04', '2024-06-06'])
      trial.when(late, recordUsage([unknown(day)])).thenRefused('MeterUnknown', 'P-7.6');
    trial.when(late, recordUsage([bad.before])).thenRefused('UsageBeforeApp', 'P-7.12');
    trial.when(late, recordUsage([bad.closed])).thenRefused('MonthClosed', 'P-7.9');
  });

  it('after the app itself', () => {
    const sample = [bad.meter];
    trial.when(late, recordUsage(sample, { appId: 'nobody' })).thenRefused('AppUnknown', 'P-1.3');
    trial.when(late, recordUsage(sample, { accountId: 'nobody' })).thenRefused('AccountUnknown', 'P-1.1');
    const deleted = trial.and(late, disableApp(), deleteApp());
    deleted.when(late, recordUsage(sample)).thenRefused('AppDeleted', 'P-1.6');
    const reclaimed = pro.and(MID, banAccount());
    reclaimed.when(late, recordUsage(sample)).thenRefused('AppReclaimed', 'P-6.5');
  });
});
