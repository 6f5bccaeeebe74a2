import { newId, type Json } from './support/api.js';
import { allPages, DATABASES, done, serviceOver, START_MS } from './support/reads.js';
import { TestClock, type TestService } from './support/service.js';

describe.each(DATABASES)('usage and bills, over %s', (kind) => {
  const clock = new TestClock('2024-08-01T10:00:00+08:00');
  const [accountId, appId] = [newId('a'), newId('app')];
  let service: TestService;
  let last: string;

  /** A month with a peak on the 6th and push calls above the free ones on two days, then its bills. */
  beforeAll(async () => {
    service = await serviceOver(kind, clock);
    await done(service, 'OpenAccount', { accountId, currency: 'USD' });
    await done(service, 'TopUp', { accountId, amount: '20000.00' });
    await done(service, 'CreateApp', { accountId, appId, dataCentre: 'singapore', priceBook: 'intl-2024' });
    await done(service, 'Purchase', { accountId, appId, product: 'standard', months: 24 });
    await done(service, 'Purchase', { accountId, appId, product: 'push', months: 1 });
    for (const [time, samples] of [
      ['2024-08-05T22:00:00+08:00', [{ meter: 'mau', day: '2024-08-05', value: 9_000 }]],
      [
        '2024-08-06T22:00:00+08:00',
        [
          { meter: 'mau', day: '2024-08-06', value: 12_000 },
          { meter: 'push-calls', day: '2024-08-06', value: 101 },
        ],
      ],
      [
        '2024-08-07T22:00:00+08:00',
        [
          { meter: 'mau', day: '2024-08-05', value: 11_000 },
          { meter: 'push-calls', day: '2024-08-07', value: 102 },
        ],
      ],
    ] as const) {
      clock.instantNow = time;
      last = await done(service, 'RecordUsage', { accountId, appId, samples });
    }
  }, START_MS);

  const charges = [
    { meter: 'mau', figure: 12_000, peakDay: '2024-08-06', free: 10_000, units: 2_000, amount: '30.00' },
    { meter: 'push-calls', peakDay: '2024-08-06', units: 1, amount: '10.00' },
    { meter: 'push-calls', peakDay: '2024-08-07', units: 2, amount: '20.00' },
  ];

  it('of a month that runs: days, the peak with its witness, and what it costs so far', async () => {
    const { status, body } = await service.get(`/v1/apps/${appId}/usage?minPosition=${last}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      appId,
      accountId,
      month: '2024-08',
      stream: `usage-${appId}-2024-08`,
      settled: false,
      charges,
      total: '60.00',
    });
    const mau = (body['meters'] as readonly Json[]).find(({ meter }) => meter === 'mau');
    expect(mau).toEqual({
      meter: 'mau',
      region: null,
      days: [
        { day: '2024-08-05', value: 11_000, corrected: false, revision: '2' },
        { day: '2024-08-06', value: 12_000, corrected: false, revision: '1' },
      ],
      peak: { day: '2024-08-06', value: 12_000, corrected: false, revision: '1' },
    });
  });

  it('of a month without any is empty, of one to come malformed', async () => {
    expect(await service.get(`/v1/apps/${appId}/usage?month=2024-07`)).toMatchObject({
      status: 200,
      body: { month: '2024-07', meters: [], charges: [], total: '0.00' },
    });
    for (const month of ['2024-09', '2024-8', 'august'])
      expect(await service.get(`/v1/apps/${appId}/usage?month=${month}`)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'month' }] },
      });
    expect(await service.get(`/v1/apps/${newId('none')}/usage`)).toMatchObject({ status: 404 });
  });

  it('become bills, which are listed, with their lines', async () => {
    clock.instantNow = '2024-09-03T10:00:00+08:00';
    last = await done(service, 'TopUp', { accountId, amount: '1.00' });
    const path = `/v1/accounts/${accountId}/bills`;
    expect(await service.get(`${path}?minPosition=${last}`)).toMatchObject({ status: 200 });
    const { items: bills, pages } = await allPages(service, `${path}?limit=1`, 'bills');
    expect(pages).toBe(3);
    expect(bills.map(({ billId, total, lines }) => [billId, total, lines])).toEqual([
      [`${accountId}-2024-08-06`, '10.00', 1],
      [`${accountId}-2024-08-07`, '20.00', 1],
      [`${accountId}-2024-08`, '30.00', 1],
    ]);
    expect(bills[2]).toEqual({
      billId: `${accountId}-2024-08`,
      period: '2024-08',
      issuedAt: '2024-09-02T16:00:00Z',
      total: '30.00',
      gift: '0.00',
      cash: '30.00',
      lines: 1,
      complete: true,
    });
    expect((await service.get(`${path}/${accountId}-2024-08/lines`)).body).toEqual({
      accountId,
      billId: `${accountId}-2024-08`,
      lines: [
        {
          appId,
          meter: 'mau',
          region: null,
          figure: '12000',
          peakDay: '2024-08-06',
          free: '10000',
          units: '2000',
          unitPrice: '0.015',
          book: 'intl-2024',
          package: 'standard',
          share: { served: 31 * 86_400, of: 31 * 86_400 },
          amount: '30.00',
          adjusts: null,
        },
      ],
      next: null,
    });
    expect(await service.get(`${path}/${accountId}-2024-07/lines`)).toMatchObject({
      status: 404,
      body: { type: '/problems/bill-unknown' },
    });
    expect(await service.get(`/v1/apps/${appId}/usage?month=2024-08`)).toMatchObject({
      body: { settled: true, charges },
    });
  });

  it('of a month long past is what it was, though the state has forgotten it', async () => {
    clock.instantNow = '2025-09-10T10:00:00+08:00';
    last = await done(service, 'Purchase', { accountId, appId, product: 'push', months: 1 });
    expect(await service.get(`/v1/apps/${appId}/usage?month=2024-08&minPosition=${last}`)).toMatchObject({
      body: { settled: true, charges, total: '60.00' },
    });
  });

  it('has lines of a bill in pages', async () => {
    const own = newId('a');
    clock.instantNow = '2025-10-01T10:00:00+08:00';
    await done(service, 'OpenAccount', { accountId: own, currency: 'USD' });
    await done(service, 'TopUp', { accountId: own, amount: '9000.00' });
    for (let n = 1; n <= 12; n++) {
      const app = { accountId: own, appId: `${own}-${n < 10 ? '0' : ''}${n}` };
      await done(service, 'CreateApp', { ...app, dataCentre: 'singapore', priceBook: 'intl-2022' });
      await done(service, 'Purchase', { ...app, product: 'standard' });
    }
    clock.instantNow = '2025-11-03T10:00:00+08:00';
    last = await done(service, 'TopUp', { accountId: own, amount: '1.00' });
    const path = `/v1/accounts/${own}/bills/${own}-2025-10/lines`;
    const whole = await allPages(service, `${path}?minPosition=${last}`, 'lines');
    expect(whole.items.map((line) => line['appId'])).toEqual(
      Array.from({ length: 12 }, (_, i) => `${own}-${String(i + 1).padStart(2, '0')}`),
    );
    const paged = await allPages(service, `${path}?limit=5`, 'lines');
    expect(paged).toEqual({ items: whole.items, pages: 3 });
  });
});
