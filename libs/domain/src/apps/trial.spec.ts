import { describe, expect, it } from '@jest/globals';
import {
  createApp,
  disableApp,
  enableApp,
  extendTrial,
  openAccount,
  purchase,
  refund,
  setRenewal,
  topUp,
} from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const T = '2024-08-01T10:00:00+08:00';
const END = '2024-09-01T10:00:00+08:00';
const BEFORE = '2024-09-01T09:59:59+08:00';

const usd = given(T, openAccount('USD'), topUp('5000.00'));
const trial = usd.and(T, createApp('intl-2024'));

describe('P-1.4 Trial never expires but in intl-2024', () => {
  it.each([
    ['CNY', 'cn-2019'],
    ['CNY', 'cn-2023'],
    ['CNY', 'overseas-2023'],
    ['USD', 'intl-2022'],
  ] as const)('P-1.4 in %s %s it serves for ever', (currency, book) => {
    const app = given(T, openAccount(currency), createApp(book));
    app.whenTimeIs('2044-08-01T10:00:00+08:00').thenNothing();
    expect(app.until('2044-08-01T10:00:00+08:00').app()).toMatchObject({
      status: 'trial',
      trialEndsAt: null,
      entitlements: { serving: true },
    });
  });

  it('P-1.4 in intl-2024 it lasts a month, to the same instant', () => {
    usd.when(T, createApp('intl-2024')).then({ type: 'AppCreated', trialEndsAt: '2024-09-01T02:00:00Z' });
    expect(trial.until(BEFORE).app()).toMatchObject({ status: 'trial', entitlements: { serving: true } });
  });
});

describe('P-1.4 a Trial that ran out', () => {
  it('P-1.4 is suspended at once, without grace', () => {
    trial.until(BEFORE).whenTimeIs(END).then(
      {
        type: 'Suspended',
        cause: 'trial-over',
        effectiveAt: '2024-09-01T02:00:00Z',
        suspendedSince: '2024-09-01T02:00:00Z',
        reclaimAt: '2024-11-30T02:00:00Z',
      },
      { type: 'NoticeIssued', notice: 'suspended' },
    );
    expect(trial.until(END).app()).toMatchObject({
      status: 'suspended',
      package: 'trial',
      trialEndsAt: '2024-09-01T02:00:00Z',
      entitlements: { serving: false, features: [] },
    });
  });

  it('P-1.4 is kept 90 days', () => {
    trial.until('2024-11-23T10:00:00+08:00').whenTimeIs('2024-11-30T09:59:59+08:00').thenNothing();
    trial
      .until('2024-11-30T09:59:59+08:00')
      .whenTimeIs('2024-11-30T10:00:00+08:00')
      .then({ type: 'ResourcesReclaimed', suspendedSince: '2024-09-01T02:00:00Z' });
  });
});

describe('P-1.4 each granted extension adds a month', () => {
  const january = given('2025-01-31T10:00:00+08:00', openAccount('USD'), createApp('intl-2024'));
  const over = january.until('2025-03-31T12:00:00+08:00');

  it('P-1.4 to the old end, counted from the first anchor: 31 January, 28 February, 31 March, 30 April', () => {
    expect(january.app().trialEndsAt).toBe('2025-02-28T02:00:00Z');
    january
      .when('2025-02-01T12:00:00+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-03-31T02:00:00Z' })
      .when('2025-02-01T12:00:01+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-04-30T02:00:00Z' })
      .until('2025-04-30T09:59:59+08:00')
      .whenTimeIs('2025-04-30T10:00:00+08:00')
      .thenAmong({ type: 'Suspended', cause: 'trial-over' });
  });

  it('P-1.4 one second before the end it is to the old end, at the end it is from the grant', () => {
    january
      .when('2025-02-28T09:59:59+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-03-31T02:00:00Z' });
    january
      .when('2025-02-28T10:00:00+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-03-28T02:00:00Z' }, { type: 'Resumed' });
  });

  it('P-1.4 when it is over, from the grant, which is the new anchor; the app serves again', () => {
    const granted = over
      .when('2025-03-31T12:00:00+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-04-30T04:00:00Z' }, { type: 'Resumed' });
    expect(granted.app()).toMatchObject({ status: 'trial', holds: [], reclaimAt: null, suspendedSince: null });
    granted
      .when('2025-04-01T00:00:00+08:00', extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2025-05-31T04:00:00Z' });
    granted
      .until('2025-04-30T11:59:59+08:00')
      .whenTimeIs('2025-04-30T12:00:00+08:00')
      .thenAmong({ type: 'Suspended', suspendedSince: '2025-04-30T04:00:00Z', reclaimAt: '2025-07-29T04:00:00Z' });
  });

  it('P-1.4 an extension lifts no other cause', () => {
    over
      .and('2025-03-31T12:00:00+08:00', disableApp())
      .when('2025-03-31T12:00:00+08:00', extendTrial())
      .then({ type: 'TrialExtended' })
      .when('2025-03-31T12:00:01+08:00', enableApp())
      .then({ type: 'AppEnabled' }, { type: 'Resumed' });
  });
});

describe('P-1.5 an app that has left Trial never returns to it', () => {
  const bought = trial.and(T, purchase('standard'));
  const refunded = bought.and('2024-08-02T10:00:00+08:00', refund('standard'));
  const lapsed = bought.until('2024-09-02T10:00:00+08:00');
  const now = '2024-10-01T10:00:00+08:00';

  it('P-1.5 nor does its month of Trial end any more', () => {
    expect(bought.app()).toMatchObject({ status: 'active', trialEndsAt: null });
    const running = bought.and('2024-08-20T10:00:00+08:00', setRenewal('standard', 'automatic')).until(BEFORE);
    running.whenTimeIs(END).then({ type: 'Renewed' });
  });

  it.each([
    ['a refund', refunded, 'refunded'],
    ['a lapse', lapsed, 'lapsed'],
  ] as const)('P-1.5 after %s it is suspended, and no Trial helps', (_, gone, hold) => {
    expect(gone.app()).toMatchObject({ status: 'suspended', holds: [hold], trialEndsAt: null });
    gone.when(now, extendTrial()).thenRefused('TrialLeft', 'P-1.4');
    gone.when(now, purchase('call-trial', { months: undefined })).thenRefused('NeedsPackage', 'P-2.8');
    expect(gone.and(now, purchase('premium'), refund('premium')).app().status).toBe('suspended');
  });
});

describe('P-1.4 the refusals of an extension, in their order', () => {
  const cny = given(T, openAccount('CNY'), topUp('5000.00'));

  it.each([
    ['TrialLeft', trial.and(T, purchase('standard'))],
    ['TrialLeft', cny.and(T, createApp('cn-2023'), purchase('pro'))],
    ['TrialNotLimited', cny.and(T, createApp('cn-2023'))],
    ['TrialNotLimited', cny.and(T, createApp('cn-2019'))],
    ['TrialNotLimited', cny.and(T, createApp('overseas-2023'))],
    ['TrialNotLimited', usd.and(T, createApp('intl-2022'))],
  ] as const)('P-1.4 %s', (refusal, scenario) =>
    scenario.when('2024-08-01T10:00:01+08:00', extendTrial()).thenRefused(refusal, 'P-1.4'),
  );
});
