import { describe, expect, it } from '@jest/globals';
import { instant } from './calendar.js';
import { Draft } from './draft.js';
import { openAccount, topUp } from './testing/commands.js';
import { given } from './testing/scenario.js';

const NOW = '2024-08-01T10:00:00+08:00';
const account = given('2024-07-01T10:00:00+08:00', openAccount('USD'), topUp('5.00')).state();

describe('P-0.4 a decision being written', () => {
  it('dates every event by its own instant, in the name of its account', () => {
    const { events } = new Draft(account, instant(NOW)).add({ type: 'ArrearsCleared' }).decided();
    expect(events).toEqual([{ type: 'ArrearsCleared', accountId: 'a1', effectiveAt: '2024-08-01T02:00:00Z' }]);
  });

  it('lets the next rule of a chain see what the one before did, and leaves the account as it was', () => {
    const draft = new Draft(account, instant(NOW));
    draft.add({ type: 'GiftGranted', amount: '3.00', settled: '0.00' });
    draft.add({ type: 'AccountCharged', amount: '1.00', service: 'disk', gift: '1.00', cash: '0.00' });
    expect(draft.account.wallet).toMatchObject({ gift: '2.00', cash: '5.00' });
    expect(draft.length).toBe(2);
    expect(account.wallet.gift).toBe('0.00');
  });

  it('names each clause once, in the order in which they were applied', () => {
    const draft = new Draft(account, instant(NOW))
      .add({ type: 'ArrearsCleared' }, 'P-8.3')
      .add({ type: 'AccountBanned' }, 'P-6.6', 'P-8.3');
    expect(draft.decided().clauses).toEqual(['P-8.3', 'P-6.6']);
  });

  it('decides nothing when nothing was added', () => {
    expect(new Draft(account, instant(NOW)).decided()).toMatchObject({ events: [], clauses: [] });
  });
});
