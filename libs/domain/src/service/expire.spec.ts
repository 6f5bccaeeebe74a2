import { describe, expect, it } from '@jest/globals';
import { createApp, openAccount, purchase, renew, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const BOUGHT = '2024-08-01T10:00:00+08:00';
const E = '2024-09-01T10:00:00+08:00';

const standard = given(BOUGHT, openAccount('USD'), topUp('2000.00'), createApp('intl-2024'), purchase('standard'));

describe('P-6.2 a package lapses', () => {
  const beforeE = standard.until('2024-09-01T09:59:59+08:00');

  it('begins grace at the end of the term, however late anybody looks', () => {
    standard.whenTimeIs('2024-09-02T09:59:59+08:00').thenAmong({
      type: 'Expired',
      effectiveAt: '2024-09-01T02:00:00Z',
      termEndedAt: '2024-09-01T02:00:00Z',
      graceEndsAt: '2024-09-02T02:00:00Z',
    });
  });

  it('does nothing one second before E', () => {
    standard.until('2024-08-31T10:00:00+08:00').whenTimeIs('2024-09-01T09:59:59+08:00').thenNothing();
  });

  it('goes on serving in grace, for 24 hours to the second', () => {
    expect(beforeE.until('2024-09-02T09:59:59+08:00').app()).toMatchObject({
      status: 'grace',
      entitlements: { serving: true },
    });
    beforeE
      .until('2024-09-02T09:59:59+08:00')
      .whenTimeIs('2024-09-02T10:00:00+08:00')
      .then(
        { type: 'Suspended', cause: 'lapsed', effectiveAt: '2024-09-02T02:00:00Z', reclaimAt: '2024-12-01T02:00:00Z' },
        { type: 'NoticeIssued', notice: 'suspended' },
        { type: 'NoticeIssued', notice: 'expiry', daysLeft: -1 },
      );
  });

  it('does not, when the term was renewed in between', () => {
    beforeE.and('2024-09-01T09:59:59+08:00', renew('standard', 1)).whenTimeIs(E).thenNothing();
  });
});

describe('P-2.12 in grace the way on is renewal', () => {
  it('refuses a purchase', () => {
    standard.when(E, purchase('premium')).thenRefused('RenewInstead', 'P-2.12');
  });
});
