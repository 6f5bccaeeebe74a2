import { historyOf, newId, openedAccount, typesOf, type Answer, type Names } from './support/api.js';
import { startStore, startTestService, type TestService } from './support/service.js';

let one: TestService;
let other: TestService;
beforeAll(async () => {
  const eventStoreUrl = await startStore();
  one = await startTestService({ eventStoreUrl });
  other = await startTestService({ eventStoreUrl });
});

/** Two different purchases at once: one has the app, the other is told that it has a package. */
const buyAtOnce = async (first: TestService, second: TestService, { accountId, appId }: Names): Promise<void> => {
  const answers = await Promise.all([
    first.send('Purchase', { accountId, appId, product: 'standard', months: 1 }),
    second.send('Purchase', { accountId, appId, product: 'premium', months: 1 }),
  ]);
  const [won, lost] = answers.toSorted((a, b) => a.status - b.status) as [Answer, Answer];
  expect(won).toMatchObject({ status: 201, body: { events: [{ type: 'Purchased' }] } });
  expect(lost).toMatchObject({ status: 422, body: { refusal: 'TermRunning', clause: 'P-2.1' } });
  const bought = (await historyOf(first, accountId)).filter(({ type }) => type === 'Purchased');
  expect(bought).toMatchObject([{ data: (won.body['events'] as { data: object }[])[0]?.data }]);
};

describe('two purchases at once on one app', () => {
  it('from one process: one wins, the other gets its refusal', async () => {
    for (let round = 0; round < 10; round++) await buyAtOnce(one, one, await openedAccount(one, '2000.00'));
  });

  it('from two processes on one store: one wins, the other gets its refusal', async () => {
    for (let round = 0; round < 10; round++) {
      const names = await openedAccount(one, '2000.00');
      // The other one has the account in its memory as well, so that both decide on what they remember.
      await other.send('TopUp', { accountId: names.accountId, amount: '1.00' });
      await one.send('TopUp', { accountId: names.accountId, amount: '1.00' });
      await buyAtOnce(one, other, names);
    }
  });
});

describe('two services on one store', () => {
  it('lose and double nothing of what both are sent at once', async () => {
    const { accountId } = await openedAccount(one);
    const keys = Array.from({ length: 40 }, () => newId('key'));
    const answers = await Promise.all(
      keys.flatMap((key) =>
        [one, other].map((service) => service.send('TopUp', { accountId, amount: '1.00' }, { key })),
      ),
    );
    for (const { status } of answers) expect([201, 503]).toContain(status);
    const accepted = new Set(
      keys.filter((_, i) => answers[2 * i]?.status === 201 || answers[2 * i + 1]?.status === 201),
    );
    const history = await historyOf(other, accountId);
    const toppedUp = history.filter(({ type }) => type === 'FundsToppedUp').slice(1);
    expect(new Set(toppedUp.map(({ id }) => id)).size).toBe(toppedUp.length);
    expect(toppedUp).toHaveLength(accepted.size);
  });

  it('refuse nothing that is allowed, however old what they remember is', async () => {
    const { accountId, appId } = await openedAccount(one, '100.00');
    const purchase = { accountId, appId, product: 'standard', months: 1 };
    expect(await one.send('Purchase', purchase)).toMatchObject({ status: 422 });
    expect(await other.send('TopUp', { accountId, amount: '299.00' })).toMatchObject({ status: 201 });
    expect(await one.send('Purchase', purchase)).toMatchObject({ status: 201 });
    expect(await other.send('Refund', { accountId, appId, product: 'standard' })).toMatchObject({ status: 201 });
    expect(await one.send('Refund', { accountId, appId, product: 'standard' })).toMatchObject({
      status: 422,
      body: { refusal: 'NothingToRefund' },
    });
  });

  it('answer a command that the other has carried out with its receipt', async () => {
    const { accountId } = await openedAccount(one);
    const key = newId('key');
    const first = await one.send('GrantGift', { accountId, amount: '5.00' }, { key });
    const again = await other.send('GrantGift', { accountId, amount: '5.00' }, { key });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(typesOf(await historyOf(one, accountId)).filter((type) => type === 'GiftGranted')).toHaveLength(1);
  });

  it('let an app id belong to one account', async () => {
    const [first, second] = [await openedAccount(one), await openedAccount(other)];
    const app = { appId: newId('app'), dataCentre: 'singapore' };
    const answers = await Promise.all([
      one.send('CreateApp', { accountId: first.accountId, ...app }),
      other.send('CreateApp', { accountId: second.accountId, ...app }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
    expect(answers.find(({ status }) => status === 422)).toMatchObject({ body: { refusal: 'AppExists' } });
  });
});
