import { instant, simulate, type Command, type Step } from '@ledger/domain';
import { historyOf, newId, type Json } from './support/api.js';
import { isFull, SIZE } from './support/faults.js';
import { startStore, startTestService, TestClock, type TestService } from './support/service.js';

const ACCOUNTS = isFull ? 4 : 2;
const APPS_EACH = SIZE.appsBilled;
const EXPECTED = isFull
  ? { cents: 326_875, total: '3268.75', balance: '-3018.75' }
  : { cents: 52_000, total: '520.00', balance: '-420.00' };

/** What is asked, and when: the same for the service and for the simulation. */
type Asked = { readonly at: string; readonly command: Command };

/** An account whose apps are bought in August, use more than is free, and are billed more than the account can pay. */
const life = (accountId: string): readonly Asked[] => {
  const apps = Array.from({ length: APPS_EACH }, (_, i) => ({ accountId, appId: `${accountId}-${i}`, i }));
  const bought = '2024-08-05T09:00:00+08:00';
  const late = '2024-08-31T23:00:00+08:00';
  return [
    { at: bought, command: { do: 'OpenAccount', accountId, currency: 'USD' } },
    { at: bought, command: { do: 'TopUp', accountId, amount: `${APPS_EACH * 400}.00` } },
    ...apps.flatMap(({ appId }): readonly Asked[] => [
      { at: bought, command: { do: 'CreateApp', accountId, appId, dataCentre: 'singapore', priceBook: 'intl-2024' } },
      { at: bought, command: { do: 'Purchase', accountId, appId, product: 'standard', months: 1 } },
    ]),
    ...apps.map(({ appId, i }): Asked => {
      const samples = [
        { meter: 'mau', day: '2024-08-20', value: 9_000 + i },
        { meter: 'mau', day: '2024-08-31', value: 10_000 + 7 * i },
      ];
      return { at: late, command: { do: 'RecordUsage', accountId, appId, samples } };
    }),
    { at: '2024-09-04T12:00:00+08:00', command: { do: 'GrantGift', accountId, amount: '1.00' } },
    { at: '2024-09-04T13:00:00+08:00', command: { do: 'TopUp', accountId, amount: '50000.00' } },
  ];
};

describe('P-7.6, P-8.1, P-8.2 usage is billed and arrears follow in a running service as in a simulation', () => {
  const lives = Array.from({ length: ACCOUNTS }, () => life(newId('a')));
  const clock = new TestClock('2024-08-05T09:00:00+08:00');
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService({ eventStoreUrl: await startStore(), clock });
    // One instant after the other; at one instant the accounts side by side, each in its own order.
    for (const at of new Set(lives.flat().map((asked) => asked.at))) {
      clock.instantNow = at;
      await Promise.all(lives.map((asked) => sendAll(asked.filter((each) => each.at === at))));
    }
  }, 240_000);

  const sendAll = async (asked: readonly Asked[]): Promise<void> => {
    for (const { command } of asked) await sendUntilDone(command, newId('key'));
  };

  /** As a client does: a month's end may take longer than a command waits, and then it is sent again under its key. */
  const sendUntilDone = async (command: Command, key: string, tries = 20): Promise<void> => {
    const { do: name, ...body } = command;
    const answer = await service.send(name, body, { key });
    if (answer.status === 503 && tries > 1) return sendUntilDone(command, key, tries - 1);
    if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };

  it(`for ${ACCOUNTS * APPS_EACH} apps, event by event`, async () => {
    for (const asked of lives) {
      const steps: readonly Step[] = asked.map(({ at, command }) => ({ at: instant(at), command }));
      const { accountId } = asked[0]?.command ?? { accountId: '' };
      const expected = simulate(steps).events.filter(({ stream }) => stream === `account-${accountId}`);
      const happened = await historyOf(service, accountId);
      expect(happened.map(({ type, data }) => ({ type, data }))).toEqual(
        expected.map(({ type, data }) => ({ type, data })),
      );
    }
  }, 120_000);

  it('with one bill of the month, the debt it left, the stop 24 hours later, and the way back', async () => {
    const accountId = lives[0]?.[0]?.command.accountId ?? '';
    const events = await historyOf(service, accountId);
    const of = (type: string): readonly Json[] => events.filter((event) => event['type'] === type);
    // 10,000 + 7 i users, 10,000 of them free: 0.015 × 7 × (0 + 1 + …), rounded app by app.
    const cents = Array.from({ length: APPS_EACH }, (_, i) => Math.floor((15 * 7 * i + 5) / 10)).reduce(
      (a, b) => a + b,
      0,
    );
    expect(cents).toBe(EXPECTED.cents);
    expect(of('BillIssued')).toMatchObject([
      { data: { period: '2024-08', total: EXPECTED.total, effectiveAt: '2024-09-02T16:00:00Z' } },
    ]);
    expect(of('Overdue')).toMatchObject([{ data: { balance: EXPECTED.balance, suspendsAt: '2024-09-03T16:00:00Z' } }]);
    expect(of('Suspended')).toHaveLength(APPS_EACH);
    for (const { data } of of('Suspended'))
      expect(data).toMatchObject({ cause: 'arrears', effectiveAt: '2024-09-03T16:00:00Z' });
    expect(of('ArrearsCleared')).toMatchObject([{ data: { effectiveAt: '2024-09-04T05:00:00Z' } }]);
    expect(of('Resumed')).toHaveLength(APPS_EACH);
  });
});
