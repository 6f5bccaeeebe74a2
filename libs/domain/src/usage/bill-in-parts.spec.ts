/** A bill that is too large for one event. P-7.6; language.md, Events */
import { describe, expect, it } from '@jest/globals';
import type { Command, Sample } from '../commands.js';
import type { BillIssued } from '../events.js';
import { createApp, grantGift, openAccount, purchase, recordUsage, topUp } from '../testing/commands.js';
import { given } from '../testing/scenario.js';

const appIds = Array.from({ length: 40 }, (_, i) => `${'p'.repeat(62)}${String(i).padStart(2, '0')}`);
const forEach = (commands: (appId: string) => readonly Command[]): readonly Command[] => appIds.flatMap(commands);

const samplesOf = (month: string): readonly Sample[] =>
  Array.from({ length: 18 }, (_, i) => ({ meter: 'push-calls', day: `2024-${month}-${i + 10}`, value: 101 }));

describe('P-7.6 a bill that would pass 512 KiB comes in parts', () => {
  const [june, settled] = ['2024-06-01T00:00:00+08:00', '2024-09-03T00:00:00+08:00'];
  const bought = given(june, openAccount('USD'), topUp('200000.00'))
    .and(
      june,
      ...forEach((appId) => [
        createApp('intl-2024', { appId }),
        purchase('standard', { appId, months: 4 }),
        purchase('push', { appId, months: 4 }),
      ]),
    )
    // An app of which something is due before the settlement of August, and after it.
    .and('2024-06-03T00:00:00+08:00', createApp('intl-2024'), purchase('standard', { months: 3 }))
    .and('2024-08-29T12:00:00+08:00', grantGift('5000.00'));
  // After each of these days was settled with nothing to charge.
  const reported = bought.and(
    '2024-08-29T12:00:00+08:00',
    ...forEach((appId) => ['06', '07', '08'].map((month) => recordUsage(samplesOf(month), { appId }))),
  );
  const outcome = reported.until('2024-09-02T23:59:59+08:00').whenTimeIs(settled);
  const parts = (outcome.events as readonly Partial<BillIssued>[]).filter(({ type }) => type === 'BillIssued');

  it('one after the other, at one instant, and nothing else is decided before the last', () => {
    const bill = { type: 'BillIssued', billId: 'a1-2024-08', effectiveAt: '2024-09-02T16:00:00Z', parts: 2 } as const;
    outcome.then(
      { type: 'Expired', appId: 'p1' },
      { ...bill, part: 1 },
      { ...bill, part: 2 },
      { type: 'NoticeIssued', notice: 'expiry', daysLeft: 0 },
    );
  });

  it('each with its own lines and total, charged on its own', () => {
    // 54 late calls an app at 10.00; 25 apps, then 15, for no app is torn.
    expect(parts.map(({ lines, sources }) => [lines?.length, sources?.length])).toEqual([
      [25 * 54, 25 * 3],
      [15 * 54, 15 * 3],
    ]);
    expect(parts.map(({ total, gift, cash }) => [total, gift, cash])).toEqual([
      ['13500.00', '5000.00', '8500.00'],
      ['8100.00', '0.00', '8100.00'],
    ]);
  });

  it('which the results join', () => {
    const bill = reported.until(settled).bill('2024-08');
    expect(bill).toMatchObject({ billId: 'a1-2024-08', total: '21600.00' });
    expect(new Set(bill.lines.map(({ appId, adjusts }) => `${appId} ${adjusts}`)).size).toBe(40 * 54);
  });

  it('and what was billed in parts is not billed again', () => {
    const next = reported.until('2024-10-03T00:00:00+08:00').bill('2024-09');
    expect(next).toMatchObject({ total: '0.00', lines: [] });
    expect(next).not.toHaveProperty('parts');
  });
});
