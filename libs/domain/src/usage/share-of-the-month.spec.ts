/** What a month costs in which an app was stopped. P-7.8, P-0.5 */
import { describe, expect, it } from '@jest/globals';
import {
  banAccount,
  chargeAccount,
  createApp,
  deleteApp,
  disableApp,
  enableApp,
  openAccount,
  purchase,
  recordUsage,
  refund,
  topUp,
} from '../testing/commands.js';
import { given, type Scenario } from '../testing/scenario.js';

const dau = (day: string, value: number) => recordUsage([{ meter: 'dau', day, value }]);
const since = (at: string, months = 1): Scenario =>
  given(at, openAccount('CNY'), topUp('50000.00'), createApp('cn-2023'), purchase('flagship', { months }));
const june = since('2024-06-01T00:00:00+08:00');
const at = (dayAndTime: string): string => `2024-06-${dayAndTime}+08:00`;

/** June's lines when one unit of 1,000 is above the quota. */
const billed = (scenario: Scenario): readonly object[] =>
  scenario.and(at('30T23:59:59'), dau('2024-06-01', 20_000)).until('2024-07-03T00:00:00+08:00').bill('2024-06').lines;

describe('P-7.8 the postpaid amount of a month has the share in which the app served', () => {
  it('over several suspensions, to the second', () => {
    const stopped = june
      .and(at('03T10:00:00'), disableApp())
      .and(at('03T10:00:01'), enableApp())
      .and(at('10T00:00:00'), disableApp())
      .and(at('14T12:00:00'), enableApp())
      .and(at('20T00:00:00'), disableApp())
      .and(at('20T00:00:00'), enableApp());
    // 1 + 388,800 + 0 seconds of 2,592,000.
    expect(billed(stopped)).toMatchObject([{ share: { served: 2_203_199, of: 2_592_000 }, amount: '850.00' }]);
  });

  it('the seconds of a suspension count once, whatever its causes', () => {
    const stopped = june
      .and(at('10T00:00:00'), disableApp(), chargeAccount('50000.00'))
      .until(at('12T00:00:00'))
      .and(at('16T00:00:00'), enableApp())
      .and(at('20T00:00:00'), topUp('10000.00'));
    // Disabled from the 10th, in arrears from the 11th: ten days without service in all.
    expect(billed(stopped)).toMatchObject([{ share: { served: 1_728_000, of: 2_592_000 }, amount: '666.67' }]);
  });

  it('a suspension over the month’s end is shared out between both months', () => {
    const stopped = since('2024-06-01T00:00:00+08:00', 2)
      .and(at('21T00:00:00'), disableApp(), dau('2024-06-01', 20_000))
      .and('2024-07-11T00:00:00+08:00', enableApp(), dau('2024-07-11', 20_000))
      .until('2024-08-03T00:00:00+08:00');
    expect(stopped.bill('2024-06').lines).toMatchObject([{ share: { served: 1_728_000, of: 2_592_000 } }]);
    expect(stopped.bill('2024-07').lines).toMatchObject([{ share: { served: 1_814_400, of: 2_678_400 } }]);
  });

  it('a Trial that ran out is a suspension too', () => {
    // Over on 10 June, left on the 20th.
    const left = given('2024-05-10T00:00:00+08:00', openAccount('USD'), topUp('5000.00'), createApp('intl-2024'))
      .and(at('20T00:00:00'), purchase('standard'))
      .and(at('30T00:00:00'), recordUsage([{ meter: 'mau', day: '2024-06-20', value: 11_000 }]));
    expect(left.until('2024-07-03T00:00:00+08:00').bill('2024-06').lines).toMatchObject([
      { units: 1000, share: { served: 1_728_000, of: 2_592_000 }, amount: '10.00' },
    ]);
  });

  it('and so is a lapse, until the next purchase', () => {
    // The term ends with 9 June, the grace with the 10th; bought again on the 21st.
    const again = since('2024-05-10T00:00:00+08:00').and(at('21T00:00:00'), purchase('flagship'));
    expect(billed(again)).toMatchObject([{ share: { served: 1_728_000, of: 2_592_000 } }]);
  });

  it('grace is service, and so is Trial', () => {
    const grace = given(at('01T00:00:00'), openAccount('CNY'), topUp('50000.00'), createApp('cn-2023'));
    expect(billed(grace.and(at('30T00:00:00'), purchase('pro'), dau('2024-06-30', 20_000)))).toMatchObject([
      { share: { served: 2_592_000 } },
    ]);
  });

  it('the rounding to units comes first, the rounding of money last', () => {
    const half = june.and(at('01T00:00:00'), disableApp()).and(at('16T00:00:00'), enableApp());
    const { lines } = half
      .and(at('30T00:00:00'), dau('2024-06-20', 10_001))
      .until('2024-07-03T00:00:00+08:00')
      .bill('2024-06');
    expect(lines).toMatchObject([{ units: 1, share: { served: 1_296_000 }, amount: '500.00' }]);
  });

  it('each line is rounded on its own, half up', () => {
    const short = june.and(at('03T10:00:00'), disableApp()).and(at('03T10:21:36'), enableApp());
    const bandwidth = (region: string) => ({ meter: 'bandwidth', day: '2024-06-10', value: 5, region });
    const bill = short
      .and(at('30T00:00:00'), recordUsage([bandwidth('mainland'), bandwidth('abroad')]))
      .until('2024-07-03T00:00:00+08:00')
      .bill('2024-06');
    // 1,296 s are 1/2,000 of June: 10 less that is 9.995, 20 less that 19.99.
    expect(bill).toMatchObject({ lines: [{ amount: '10.00' }, { amount: '19.99' }], total: '29.99' });
  });

  it('a line whose share is 0 stays, with amount 0', () => {
    const stopped = since('2024-05-20T00:00:00+08:00', 3)
      .and('2024-05-31T23:59:59+08:00', disableApp())
      .and(at('30T23:59:59'), dau('2024-06-01', 20_000))
      .until('2024-07-03T00:00:00+08:00');
    expect(stopped.bill('2024-06')).toMatchObject({
      total: '0.00',
      lines: [{ units: 1, share: { served: 0, of: 2_592_000 }, amount: '0.00' }],
    });
  });
});

describe('P-7.8 the seconds of a month are its own', () => {
  it.each([
    ['February of a leap year', '2024-02', '2024-03-03', 2_505_600, '465.52'],
    ['February of another', '2023-02', '2023-03-03', 2_419_200, '482.14'],
    ['July', '2024-07', '2024-08-03', 2_678_400, '435.48'],
  ])('%s', (_, month, settledOn, of, amount) => {
    const stopped = since(`${month}-01T00:00:00+08:00`)
      .and(`${month}-14T12:00:00+08:00`, disableApp(), dau(`${month}-14`, 20_000))
      .until(`${settledOn}T00:00:00+08:00`);
    expect(stopped.bill(month).lines).toMatchObject([{ share: { served: 1_166_400, of }, amount }]);
  });
});

describe('P-7.8 an app that is gone counts as suspended from then on', () => {
  it('deleted', () => {
    const deleted = june.and(at('16T00:00:00'), dau('2024-06-01', 20_000), refund('flagship'), deleteApp());
    expect(deleted.until('2024-07-03T00:00:00+08:00').bill('2024-06').lines).toMatchObject([
      { share: { served: 1_296_000, of: 2_592_000 }, amount: '500.00' },
    ]);
  });

  it('deleted in a banned account, while its term ran', () => {
    const deleted = june.and(at('11T00:00:00'), dau('2024-06-01', 20_000), banAccount(), deleteApp());
    expect(deleted.until('2024-07-03T00:00:00+08:00').bill('2024-06').lines).toMatchObject([
      { share: { served: 864_000, of: 2_592_000 }, amount: '333.33' },
    ]);
  });

  it('reclaimed, though its paid term would still run', () => {
    // Overdue on 1 April, stopped on the 2nd, reclaimed 90 days later, on 1 July, 00:00.
    const reclaimed = since('2024-04-01T00:00:00+08:00', 12).and(
      '2024-04-01T00:00:00+08:00',
      chargeAccount('50000.00'),
    );
    const june1 = reclaimed
      .and('2024-06-30T00:00:00+08:00', dau('2024-06-01', 20_000))
      .until('2024-12-31T00:00:00+08:00');
    expect(june1.bill('2024-04').lines).toEqual([]);
    expect(june1.bill('2024-06').lines).toMatchObject([{ units: 1, share: { served: 0 }, amount: '0.00' }]);
    expect(june1.account().bills.at(-1)?.period).toBe('2024-09');
  });
});
