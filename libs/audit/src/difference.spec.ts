/** What changed between two points, and which events did it. */
import { describe, expect, it } from '@jest/globals';
import { instant } from '@ledger/domain';
import { difference, type Difference, type Point } from './difference.js';
import { lived, SECOND_LIFE, THIRD_LIFE, WHOLE_LIFE, type Chapter } from './testing/lives.js';
import { recorded } from './testing/memory-streams.js';

const at = (time: string): Point => ({ at: instant(time) });

const between = (chapters: readonly Chapter[], from: Point, to: Point): Promise<Difference> =>
  difference(recorded(lived(chapters)), 'a1', from, to, null);

/** Each change with the types of the events behind it. */
const told = ({ changes, events }: Difference): readonly string[] =>
  changes.map(
    ({ path, from, to, because }) => `${path}: ${from} → ${to} by ${because.map((i) => events[i]?.type).join(', ')}`,
  );

describe('the difference of a whole life', () => {
  it('names the upgrade for the limits, the overage for the arrears, and every payment for the cash', async () => {
    const found = told(await between(WHOLE_LIFE, at('2024-08-22T00:00:00+08:00'), at('2024-09-05T00:00:00+08:00')));
    expect(found).toEqual(
      expect.arrayContaining([
        'cash: 422.00 → -244.94 by Upgraded, BillIssued',
        'overdueSince: null → 2024-09-02T16:00:00Z by Overdue',
        'suspendsAt: null → 2024-09-03T16:00:00Z by Overdue',
        'apps.p1.status: active → suspended by Suspended',
        'apps.p1.holds.arrears: false → true by Suspended',
        'apps.p1.reclaimAt: null → 2024-12-02T16:00:00Z by Suspended',
        'apps.p1.package: standard → premium by Upgraded',
        'apps.p1.entitlements.limits.membersPerGroup: 200 → 2000 by Upgraded',
        'bills.a1-2024-08.total: null → 300.00 by BillIssued',
        'timers.reclaim/p1: null → 2024-12-02T16:00:00Z by Suspended',
      ]),
    );
  });

  it('says it in words, a thing that came in one sentence', async () => {
    const { sentences, events } = await between(
      WHOLE_LIFE,
      at('2024-08-22T00:00:00+08:00'),
      at('2024-09-05T00:00:00+08:00'),
    );
    const words = sentences.map(
      ({ words: text, because }) => `${text} (${because.map((i) => events[i]?.type).join(', ')})`,
    );
    expect(words).toEqual(
      expect.arrayContaining([
        'the cash balance was 422.00 and is now -244.94 (Upgraded, BillIssued)',
        'p1 is stopped by arrears (Suspended)',
        'bill a1-2024-08 is new: total 300.00 (BillIssued)',
        'the limit liveGroups of p1 was 50 and is now unlimited (Upgraded)',
      ]),
    );
    expect(words.filter((text) => text.startsWith('bill '))).toHaveLength(1);
  });

  it('of what came and went again there is none', async () => {
    const found = await between(WHOLE_LIFE, at('2024-09-03T23:00:00+08:00'), at('2024-09-11T00:00:00+08:00'));
    expect(found.changes.map(({ path }) => path)).not.toContain('apps.p1.holds.arrears');
    expect(told(found)).toContain('overdueSince: 2024-09-02T16:00:00Z → null by ArrearsCleared');
  });

  it('between revisions is that of the states right after them', async () => {
    const found = await between(WHOLE_LIFE, { revision: 3n }, { revision: 4n });
    expect(found).toMatchObject({
      from: { revision: '3', at: '2024-08-01T02:00:02Z' },
      to: { revision: '4', at: '2024-08-01T02:00:03Z' },
      events: [{ type: 'Purchased', reason: 'launch', actor: { subject: 'alice' } }],
    });
    expect(told(found)).toEqual(
      expect.arrayContaining(['cash: 1200.00 → 821.00 by Purchased', 'vouchers.v1.used: false → true by Purchased']),
    );
    expect((await between(WHOLE_LIFE, { revision: 4n }, { revision: 4n })).changes).toEqual([]);
  });
});

describe('the difference of other lives', () => {
  it('a hold that an operator set and lifted, another that stayed', async () => {
    const found = told(await between(SECOND_LIFE, at('2024-02-10T08:00:00+08:00'), at('2024-02-10T10:00:00+08:00')));
    expect(found).toEqual(
      expect.arrayContaining([
        'apps.p1.holds.disabled: false → true by Suspended',
        'apps.p1.entitlements.serving: true → false by Suspended',
      ]),
    );
    const banned = told(await between(SECOND_LIFE, at('2024-06-30T00:00:00+08:00'), at('2024-07-02T00:00:00+08:00')));
    expect(banned).toEqual(
      expect.arrayContaining([
        'banned: false → true by AccountBanned',
        'apps.p1.holds.banned: false → true by Suspended',
      ]),
    );
  });

  it('an add-on that ended takes what it raised, in the second of its end', async () => {
    const end = '2024-10-06T10:00:00+08:00';
    const found = told(await between(THIRD_LIFE, at('2024-10-06T09:59:59+08:00'), at(end)));
    expect(found).toContain('apps.p1.entitlements.features.desk: true → null by AddOnEnded');
  });

  it('what an order that was paid before changes when it starts, is time’s alone', async () => {
    const life: readonly Chapter[] = [
      ['2024-06-01T10:00:00+08:00', { do: 'OpenAccount', accountId: 'a1', currency: 'CNY' }],
      ['2024-06-01T10:00:00+08:00', { do: 'TopUp', accountId: 'a1', amount: '90000.00' }],
      [
        '2024-06-01T10:00:00+08:00',
        { do: 'CreateApp', accountId: 'a1', appId: 'p1', dataCentre: 'mainland', priceBook: 'cn-2019' },
      ],
      ['2024-06-01T10:00:00+08:00', { do: 'Purchase', accountId: 'a1', appId: 'p1', product: 'pro', months: 1 }],
      ['2024-06-02T10:00:00+08:00', { do: 'MigratePriceBook', accountId: 'a1', appId: 'p1', to: 'cn-2023' }],
      ['2024-06-02T10:00:00+08:00', { do: 'Renew', accountId: 'a1', appId: 'p1', product: 'pro', months: 1 }],
      ['2024-07-20T10:00:00+08:00'],
    ];
    const found = await between(life, at('2024-06-30T23:59:59+08:00'), at('2024-07-01T00:00:00+08:00'));
    expect(told(found)).toContain('apps.p1.priceBook: cn-2019 → cn-2023 by ');
  });
});

describe('a difference that is none', () => {
  it.each<[string, Point, Point]>([
    ['instants', at('2024-09-01T00:00:00Z'), at('2024-08-31T00:00:00Z')],
    ['revisions', { revision: 4n }, { revision: 3n }],
    ['an instant and a revision', at('2024-09-01T00:00:00Z'), { revision: 3n }],
    ['a revision and an instant', { revision: 4n }, at('2024-08-01T02:00:00Z')],
  ])('from later to earlier is refused: %s', (_, from, to) =>
    expect(between(WHOLE_LIFE, from, to)).rejects.toMatchObject({ obstacle: { kind: 'backwards' } }),
  );
});
