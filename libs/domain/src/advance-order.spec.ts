import { describe, expect, it } from '@jest/globals';
import { APP, createApp, extendTrial, openAccount, purchase, renew, setRenewal, topUp } from './testing/commands.js';
import { given, type Scenario } from './testing/scenario.js';

const T = '2024-08-01T10:00:07+08:00';
const standard = given(T, openAccount('USD'), topUp('2000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-0.2 24 hours and 90 days are exact spans, never "end of day"', () => {
  it('P-0.2 86,400 seconds of grace', () => {
    standard.until('2024-09-02T10:00:06+08:00').whenTimeIs('2024-09-02T10:00:07+08:00').thenAmong({
      type: 'Suspended',
      cause: 'lapsed',
      effectiveAt: '2024-09-02T02:00:07Z',
      reclaimAt: '2024-12-01T02:00:07Z',
    });
    expect(standard.until('2024-09-02T10:00:06+08:00').app()).toMatchObject({
      status: 'grace',
      graceEndsAt: '2024-09-02T02:00:07Z',
    });
  });

  it('P-0.2 90 × 86,400 seconds to the reclamation', () => {
    const late = standard.until('2024-12-01T10:00:06+08:00');
    expect(late.app().status).toBe('suspended');
    late.whenTimeIs('2024-12-01T10:00:07+08:00').thenAmong({
      type: 'ResourcesReclaimed',
      effectiveAt: '2024-12-01T02:00:07Z',
    });
  });
});

describe('P-0.4 an event is dated by the fact, however late anybody looks', () => {
  const events = (app: Scenario): readonly unknown[] => app.result.events;
  const year = '2025-08-01T00:00:00+08:00';

  it('P-0.4, P-0.7 a clock a year late writes what a clock in time wrote', () => {
    const app = standard.and(
      T,
      purchase('desk', { months: 2, renewal: 'automatic' }),
      setRenewal('standard', 'automatic'),
    );
    let inTime = app;
    for (let day = 2; day <= 31; day++) inTime = inTime.until(`2024-08-${String(day).padStart(2, '0')}T00:00:00+08:00`);
    for (let month = 9; month <= 12; month++)
      for (const day of ['01T10:00:07', '02T09:00:00', '03T00:00:00', '20T12:34:56'])
        inTime = inTime.until(`2024-${String(month).padStart(2, '0')}-${day}+08:00`);
    expect(events(inTime.until(year))).toEqual(events(app.until(year)));
    expect(events(app.until(year)).length).toBeGreaterThan(20);
  });

  it('P-0.4 each by its own deadline', () => {
    standard
      .whenTimeIs(year)
      .thenAmong(
        { type: 'Expired', effectiveAt: '2024-09-01T02:00:07Z', termEndedAt: '2024-09-01T02:00:07Z' },
        { type: 'Suspended', effectiveAt: '2024-09-02T02:00:07Z' },
        { type: 'ResourcesReclaimed', effectiveAt: '2024-12-01T02:00:07Z' },
      );
  });
});

describe('P-0.6 what is due at one instant happens in order', () => {
  const AT = '2024-09-03T00:00:00+08:00';

  // Pro of cn-2023 bought on 3 August ends on 3 September, 00:00, when August is settled too.
  it('P-0.6 ends of terms, suspension, reclamation, settlement, notices; by app, then product', () => {
    const create = ['d', 'b', 'a', 'c', 'e'].map((appId) => createApp('cn-2023', { appId }));
    const buy = (appId: string, product = 'pro'): ReturnType<typeof purchase> => purchase(product, { appId });
    given('2024-05-04T12:00:00+08:00', openAccount('CNY'), topUp('90000.00'), ...create, buy('c'))
      .and('2024-08-02T12:00:00+08:00', buy('b'))
      .and('2024-08-03T12:00:00+08:00', buy('d'), buy('a'), buy('a', 'members-2000'), buy('a', 'live-groups-unlimited'))
      .and('2024-08-10T12:00:00+08:00', buy('e'))
      .until('2024-09-02T23:59:59+08:00')
      .whenTimeIs(AT)
      .then(
        { type: 'AddOnEnded', appId: 'a', product: 'live-groups-unlimited' },
        { type: 'AddOnEnded', appId: 'a', product: 'members-2000' },
        { type: 'Expired', appId: 'a', product: 'pro' },
        { type: 'Expired', appId: 'd', product: 'pro' },
        { type: 'Suspended', appId: 'b', cause: 'lapsed' },
        { type: 'NoticeIssued', appId: 'b', notice: 'suspended' },
        { type: 'ResourcesReclaimed', appId: 'c' },
        { type: 'BillIssued', period: '2024-08' },
        { type: 'NoticeIssued', appId: 'a', notice: 'expiry', daysLeft: 0 },
        { type: 'NoticeIssued', appId: 'b', notice: 'expiry', daysLeft: -1 },
        { type: 'NoticeIssued', appId: 'd', notice: 'expiry', daysLeft: 0 },
        { type: 'NoticeIssued', appId: 'e', notice: 'expiry', daysLeft: 7 },
      );
  });

  it('P-0.6 the end of a Trial stands among the ends of terms', () => {
    given('2024-08-01T10:00:00+08:00', openAccount('USD'), topUp('5000.00'))
      .and('2024-08-01T10:00:00+08:00', ...['z', 'm', 'a'].map((appId) => createApp('intl-2024', { appId })))
      .and('2024-08-01T10:00:00+08:00', purchase('standard', { appId: 'a' }), purchase('standard', { appId: 'z' }))
      .until('2024-09-01T09:59:59+08:00')
      .whenTimeIs('2024-09-01T10:00:00+08:00')
      .thenAmong(
        { type: 'Expired', appId: 'a' },
        { type: 'Suspended', appId: 'm', cause: 'trial-over' },
        { type: 'Expired', appId: 'z' },
      );
  });

  it('P-0.6 an automatic renewal belongs to the end of its term', () => {
    const at = '2024-08-03T12:00:00+08:00';
    given(at, openAccount('CNY'), topUp('2998.00'), createApp('cn-2023'), purchase('pro', { renewal: 'automatic' }))
      .until('2024-09-02T23:59:59+08:00')
      .whenTimeIs(AT)
      .then({ type: 'Renewed', automatic: true }, { type: 'BillIssued' });
  });
});

describe('P-0.7 what was due, up to and at the instant, happens before anything is decided', () => {
  const E = '2024-09-01T10:00:07+08:00';

  it('P-0.7 a command at the expiry meets grace, one at its end the suspension', () => {
    standard.when(E, purchase('premium')).thenRefused('RenewInstead', 'P-2.12');
    standard.when('2024-09-02T10:00:07+08:00', renew('standard', 1)).thenRefused('BuyAgain', 'P-3.2');
    given(T, openAccount('USD'), createApp('intl-2024'))
      .when(E, extendTrial())
      .then({ type: 'TrialExtended', trialEndsAt: '2024-10-01T02:00:07Z' }, { type: 'Resumed' });
  });

  it('P-0.7 it is recorded after them', () => {
    const types = standard.and(E, renew('standard', 1)).result.events.slice(-3);
    expect(types).toMatchObject([
      { type: 'Expired', effectiveAt: '2024-09-01T02:00:07Z' },
      { type: 'NoticeIssued', effectiveAt: '2024-09-01T02:00:07Z' },
      { type: 'Renewed', effectiveAt: '2024-09-01T02:00:07Z' },
    ]);
  });

  it('P-0.7 so `effectiveAt` never decreases within an account', () => {
    const life = standard
      .and('2024-09-02T00:00:00+08:00', renew('standard', 1), createApp('intl-2024', { appId: 'p2' }))
      .and('2024-12-24T00:00:00+08:00', purchase('standard'))
      .until('2025-09-01T00:00:00+08:00');
    const dates = life.result.events.map(({ effectiveAt }) => effectiveAt);
    expect(dates).toEqual([...dates].toSorted());
    expect(life.app(APP).status).toBe('reclaimed');
  });
});
