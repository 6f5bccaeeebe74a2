import { describe, expect, it } from '@jest/globals';
import * as say from '../testing/commands.js';
import { chargeAccount, createApp, purchase, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const OVERDUE = '2024-08-11T10:00:00+08:00';
const A_SECOND_BEFORE = '2024-08-12T09:59:59+08:00';
const STOPPED = '2024-08-12T10:00:00+08:00';

const account = given(BOUGHT, say.openAccount('USD'));
const standard = account.and(BOUGHT, topUp('399.00'), createApp('intl-2024'), purchase('standard'));
const told = { type: 'NoticeIssued', notice: 'arrears' } as const;

describe('P-8.1 a bill is charged to gift, then cash; cash may go negative', () => {
  /** August bills 2,000 users above the quota × 0.015 = 30.00, served the whole month. */
  const BILLED = '2024-09-03T00:00:00+08:00';
  const used = given('2024-08-01T00:00:00+08:00', say.openAccount('USD'), topUp('798.00'), createApp('intl-2024'))
    .and('2024-08-01T00:00:00+08:00', purchase('standard', { months: 2 }))
    .and('2024-08-06T00:00:00+08:00', say.recordUsage([{ meter: 'mau', day: '2024-08-05', value: 12_000 }]));

  it('and the account is overdue from that moment, and its creator is told', () => {
    used.whenTimeIs(BILLED).then(
      { type: 'BillIssued', total: '30.00', gift: '0.00', cash: '30.00' },
      {
        type: 'Overdue',
        balance: '-30.00',
        effectiveAt: '2024-09-02T16:00:00Z',
        suspendsAt: '2024-09-03T16:00:00Z',
      },
      told,
    );
    expect(used.until(BILLED).account()).toMatchObject({
      cash: '-30.00',
      overdueSince: '2024-09-02T16:00:00Z',
      suspendsAt: '2024-09-03T16:00:00Z',
    });
  });

  it.each([
    ['gift alone', '100.00', '100.00', '30.00', '0.00', { gift: '70.00', cash: '100.00' }],
    ['gift first, then cash', '10.00', '25.00', '10.00', '20.00', { gift: '0.00', cash: '5.00' }],
    ['a balance of 0 is no arrears', '10.00', '20.00', '10.00', '20.00', { gift: '0.00', cash: '0.00' }],
  ])('%s', (_, giftBefore, cashBefore, gift, cash, after) => {
    const funded = used.and('2024-09-01T00:00:00+08:00', say.grantGift(giftBefore), topUp(cashBefore));
    funded
      .whenTimeIs(BILLED)
      .thenAmong({ type: 'BillIssued', gift, cash })
      .whenTimeIs('2024-09-04T00:00:00+08:00')
      .thenNothing();
    expect(funded.until(BILLED).account()).toMatchObject({ ...after, overdueSince: null });
  });

  it('a cent below 0 is', () => {
    used
      .and('2024-09-01T00:00:00+08:00', say.grantGift('10.00'), topUp('19.99'))
      .whenTimeIs(BILLED)
      .then({ type: 'BillIssued' }, { type: 'Overdue', balance: '-0.01' }, told);
  });
});

describe('P-8.2 24 hours later, still negative, every app of the account is suspended', () => {
  const overdue = standard.and(OVERDUE, chargeAccount('1.00'));

  it('to the second', () => {
    overdue.whenTimeIs(A_SECOND_BEFORE).thenNothing();
    overdue.until(A_SECOND_BEFORE).whenTimeIs(STOPPED).then(
      {
        type: 'Suspended',
        appId: 'p1',
        cause: 'arrears',
        effectiveAt: '2024-08-12T02:00:00Z',
        suspendedSince: '2024-08-12T02:00:00Z',
        reclaimAt: '2024-11-10T02:00:00Z',
      },
      { type: 'NoticeIssued', appId: 'p1', notice: 'suspended' },
    );
  });

  it('until then it serves', () => {
    expect(overdue.until(A_SECOND_BEFORE).app()).toMatchObject({ status: 'active', entitlements: { serving: true } });
    expect(overdue.until(STOPPED).app()).toMatchObject({ status: 'suspended', entitlements: { serving: false } });
  });

  it('whatever its own package says: on Trial, in grace, lapsed, disabled, postpaid', () => {
    const START = '2024-09-01T10:00:00+08:00';
    const all = given('2024-07-31T09:00:00+08:00', say.openAccount('USD'), topUp('798.00'))
      .and(
        '2024-07-31T09:00:00+08:00',
        createApp('intl-2024', { appId: 'lapsed' }),
        purchase('standard', { appId: 'lapsed' }),
      )
      .and(START, createApp('intl-2024', { appId: 'trial' }))
      .and(START, createApp('intl-2024', { appId: 'disabled' }), say.disableApp({ appId: 'disabled' }))
      .and(
        START,
        createApp('intl-2022', { appId: 'postpaid' }),
        purchase('standard', { appId: 'postpaid', months: undefined }),
      )
      .and(
        START,
        createApp('intl-2022', { appId: 'gone' }),
        say.disableApp({ appId: 'gone' }),
        say.deleteApp({ appId: 'gone' }),
      )
      .and(START, chargeAccount('400.00'));
    const stops = all.until('2024-09-02T09:59:59+08:00').whenTimeIs('2024-09-02T10:00:00+08:00');
    stops.thenAmong(
      { type: 'Suspended', appId: 'disabled', cause: 'arrears', reclaimAt: '2024-12-01T02:00:00Z' },
      { type: 'Suspended', appId: 'lapsed', cause: 'arrears' },
      { type: 'Suspended', appId: 'postpaid', cause: 'arrears' },
      { type: 'Suspended', appId: 'trial', cause: 'arrears' },
    );
    // What is stopped already is not told of it again.
    expect(stops.events.filter(({ notice }) => notice === 'suspended').map(({ appId }) => appId)).toEqual([
      'postpaid',
      'trial',
    ]);
  });

  it('in grace too, whose end then adds its own cause', () => {
    standard
      .and('2024-09-01T09:00:00+08:00', chargeAccount('1.00'))
      .until('2024-09-01T10:00:00+08:00')
      .whenTimeIs('2024-09-02T10:00:00+08:00')
      .thenAmong(
        { type: 'Suspended', cause: 'arrears', effectiveAt: '2024-09-02T01:00:00Z' },
        { type: 'Suspended', cause: 'lapsed', effectiveAt: '2024-09-02T02:00:00Z' },
      );
  });

  it('an account without apps has nothing to stop', () => {
    account.and(OVERDUE, chargeAccount('1.00')).whenTimeIs(STOPPED).thenNothing();
  });
});

describe('P-8.4 charges of other services count', () => {
  it('to gift, then cash, and they too make the account overdue', () => {
    account
      .and(BOUGHT, say.grantGift('10.00'), topUp('20.00'))
      .when(OVERDUE, chargeAccount('30.01', { service: 'cloud-disk', reference: 'r1' }))
      .then(
        {
          type: 'AccountCharged',
          amount: '30.01',
          service: 'cloud-disk',
          reference: 'r1',
          gift: '10.00',
          cash: '20.01',
        },
        { type: 'Overdue', balance: '-0.01', suspendsAt: '2024-08-12T02:00:00Z' },
        told,
      );
  });

  it('a charge that the balances cover does not', () => {
    account
      .and(BOUGHT, say.grantGift('10.00'), topUp('20.00'))
      .when(OVERDUE, chargeAccount('30.00'))
      .then({ type: 'AccountCharged', gift: '10.00', cash: '20.00' });
  });

  it.each([
    ['an unknown account', chargeAccount('1.00', { accountId: 'a9' }), 'AccountUnknown', 'P-1.1'],
    ['a reference charged before', chargeAccount('1.00', { reference: 'r1' }), 'ReferenceUsed', 'P-2.14'],
    ['the reference of a top-up', chargeAccount('1.00', { reference: 'r2' }), 'ReferenceUsed', 'P-2.14'],
  ] as const)('refused: %s', (_, command, refusal, clause) => {
    account
      .and(BOUGHT, chargeAccount('1.00', { reference: 'r1' }), topUp('1.00', { reference: 'r2' }))
      .when(OVERDUE, command)
      .thenRefused(refusal, clause);
  });
});

describe('P-8.5 the 24 hours run from the moment cash became negative', () => {
  it('a further charge does not restart them', () => {
    const charged = standard.and(OVERDUE, chargeAccount('1.00')).until(A_SECOND_BEFORE);
    charged.when(A_SECOND_BEFORE, chargeAccount('5.00')).then({ type: 'AccountCharged', cash: '5.00' });
    charged
      .and(A_SECOND_BEFORE, chargeAccount('5.00'))
      .whenTimeIs(STOPPED)
      .thenAmong({ type: 'Suspended', cause: 'arrears', effectiveAt: '2024-08-12T02:00:00Z' });
  });

  it('nor does a top-up that is not enough', () => {
    standard
      .and(OVERDUE, chargeAccount('5.00'))
      .and(A_SECOND_BEFORE, topUp('4.99'))
      .whenTimeIs(STOPPED)
      .thenAmong({ type: 'Suspended', cause: 'arrears' });
  });

  it('in arrears no app is created', () => {
    account
      .and(OVERDUE, chargeAccount('1.00'))
      .when(OVERDUE, createApp('intl-2024'))
      .thenRefused('AccountInArrears', 'P-2.6', { balance: '-1.00' });
  });
});
