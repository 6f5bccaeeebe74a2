import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startMailServer, type MailServer } from '../apps/ledger/src/notices/testing/mail-server.js';
import { DATABASES, postgresUrl } from '../libs/read-models/src/testing/databases.js';
import { historyOf, openedAccount, type Json, type Names } from './support/api.js';
import { allPages, done, START_MS } from './support/reads.js';
import { atTheEnd, startStore, startTestService, TestClock, until, type TestService } from './support/service.js';

const BOUGHT = '2024-08-01T02:00:00Z';
/** Seven days before the end of a month bought then, and times after that. */
const SEVEN_LEFT = '2024-08-25T02:00:00Z';
const A_MINUTE_LATER = '2024-08-25T02:01:00Z';
const FIVE_LEFT_AND_AN_HOUR = '2024-08-27T03:00:00Z';

const SOMETIMES_SLOW_MS = 60_000;

describe.each(DATABASES)('%s', (kind) => {
  let clock: TestClock;
  let mail: MailServer;
  let api: TestService;

  beforeAll(async () => {
    clock = new TestClock(BOUGHT);
    mail = await startMailServer();
    atTheEnd(() => mail.stop());
    const closing = new AsyncDisposableStack();
    atTheEnd(() => closing.disposeAsync());
    const database = kind === 'PostgreSQL' ? { databaseUrl: await postgresUrl(closing) } : {};
    api = await startTestService({ eventStoreUrl: await startStore(), clock, smtpUrl: mail.url, ...database });
  }, START_MS);

  beforeEach(() => {
    clock.instantNow = BOUGHT;
    mail.recipient = () => null;
    mail.message = () => null;
  });

  /** An account that can be told things, and its app. */
  const customer = async (contact: Json | null): Promise<Names> => {
    const names = await openedAccount(api);
    if (contact !== null) await done(api, 'SetContact', { accountId: names.accountId, ...contact });
    return names;
  };
  const owner = ({ accountId }: Names): string => `owner-${accountId}@customer.example`;
  const customerWithMail = async (): Promise<Names> => {
    const names = await customer(null);
    await done(api, 'SetContact', { accountId: names.accountId, email: owner(names) });
    return names;
  };

  const mailsTo = (names: Names) => mail.mails.filter(({ to }) => to.includes(owner(names)));
  const deliveriesOf = async ({ accountId }: Names, more = ''): Promise<readonly Json[]> =>
    (await allPages(api, `/v1/notices/deliveries?limit=2&accountId=${accountId}${more}`, 'deliveries')).items;
  /** What became of each notice by e-mail, once nothing is pending any more. */
  const settled = async (names: Names, count: number): Promise<readonly Json[]> => {
    let mails: readonly Json[] = [];
    await until(async () => {
      mails = (await deliveriesOf(names)).filter(({ channel }) => channel === 'email');
      return mails.length === count && mails.every(({ state }) => state !== 'pending');
    });
    return mails;
  };
  const notices = async ({ accountId }: Names): Promise<readonly Json[]> =>
    (await historyOf(api, accountId)).filter(({ type }) => type === 'NoticeIssued');
  const overdue = ({ accountId }: Names): Promise<string> =>
    done(api, 'ChargeAccount', { accountId, amount: '1003.50', service: 'sms' });

  it(
    'each notice comes once, under the id of its event, and says what happens and when',
    async () => {
      const names = await customerWithMail();
      await done(api, 'Purchase', { ...names, product: 'standard', months: 1 });
      clock.instantNow = SEVEN_LEFT;
      await done(api, 'GrantGift', { accountId: names.accountId, amount: '1.00' });
      await settled(names, 1);
      clock.instantNow = A_MINUTE_LATER;
      await done(api, 'DisableApp', { ...names });
      const deliveries = await settled(names, 2);
      expect(deliveries).toMatchObject([
        { notice: 'expiry', daysLeft: 7, state: 'sent', via: 'smtp', attempts: 1, appId: names.appId },
        { notice: 'suspended', daysLeft: null, state: 'sent', via: 'smtp', attempts: 1 },
      ]);
      const ids = (await notices(names)).map(({ id }) => `<${String(id)}@ledger.example>`);
      expect(mailsTo(names).map(({ messageId }) => messageId)).toEqual(ids);
      expect(mailsTo(names).map(({ subject }) => subject)).toEqual([
        `App ${names.appId}: the package standard ends on 2024-09-01 10:00 (UTC+08:00)`,
        `App ${names.appId} is suspended since 2024-08-25 10:01 (UTC+08:00)`,
      ]);
      expect(mailsTo(names)[0]?.body).toContain('A further month costs 399.00 USD; the account has 602.00 USD.');
      const sms = (await deliveriesOf(names)).filter(({ channel }) => channel === 'sms');
      expect(sms).toMatchObject([
        { state: 'skipped', reason: 'no-address' },
        { state: 'skipped', reason: 'no-address' },
      ]);
    },
    SOMETIMES_SLOW_MS,
  );

  it(
    'one that is a day old is not delivered any more; a younger one of the same standstill is',
    async () => {
      const names = await customerWithMail();
      await done(api, 'Purchase', { ...names, product: 'standard', months: 1 });
      clock.instantNow = FIVE_LEFT_AND_AN_HOUR;
      await done(api, 'GrantGift', { accountId: names.accountId, amount: '1.00' });
      expect(await settled(names, 3)).toMatchObject([
        { daysLeft: 7, state: 'skipped', reason: 'too-old', attempts: 0 },
        { daysLeft: 6, state: 'skipped', reason: 'too-old' },
        { daysLeft: 5, state: 'sent' },
      ]);
      expect(mailsTo(names)).toHaveLength(1);
    },
    SOMETIMES_SLOW_MS,
  );

  it(
    'one that is given up is in the list of the dead, until somebody has it tried again',
    async () => {
      const names = await customerWithMail();
      mail.recipient = (address) => ({ code: 550, text: `5.1.1 <${address}> unknown` });
      await overdue(names);
      const [dead] = await settled(names, 1);
      expect(dead).toMatchObject({ notice: 'arrears', state: 'dead', attempts: 1, reason: 'smtp EENVELOPE 550 5.1.1' });
      expect(await deliveriesOf(names, '&state=dead')).toEqual([dead]);
      const { code, out } = await ops(['notices', 'dead']);
      expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining(String(dead?.['deliveryId'])) });
      expect(out).not.toContain('customer.example');
      const { text } = (await api.raw('/metrics')).body;
      expect(text).toMatch(/^ledger_notices_unsent\{state="dead"\} 1$/m);
      mail.recipient = () => null;
      const retried = await ops(['notices', 'retry', String(dead?.['deliveryId'])]);
      expect(retried).toMatchObject({ code: 0, out: 'queued\n' });
      expect(await settled(names, 1)).toMatchObject([{ state: 'sent', attempts: 1, reason: null }]);
      expect(mailsTo(names)).toMatchObject([{ subject: expect.stringContaining('owes 3.50 USD') }]);
      expect(await ops(['notices', 'retry', String(dead?.['deliveryId'])])).toMatchObject({ code: 1 });
      expect(await deliveriesOf(names, '&state=dead')).toEqual([]);
      expect((await ops(['notices', '--account-id', names.accountId])).out).toMatch(
        /arrears {2}sent {2}smtp {2}attempts:1/,
      );
    },
    SOMETIMES_SLOW_MS,
  );

  it(
    'while the mail server is away they wait; when it is back, what is not true any more, or whose address was erased, is not sent',
    async () => {
      const [waits, pays, leaves] = [await customerWithMail(), await customerWithMail(), await customerWithMail()];
      await mail.stop();
      for (const names of [waits, pays, leaves]) await overdue(names);
      await until(async () => (await deliveriesOf(waits)).some(({ reason }) => String(reason).startsWith('smtp ')));
      await done(api, 'TopUp', { accountId: pays.accountId, amount: '4.00' });
      await done(api, 'EraseContact', { accountId: leaves.accountId });
      mail = await startMailServer(Number(new URL(mail.url).port));
      expect(await settled(waits, 1)).toMatchObject([{ state: 'sent', reason: null }]);
      expect(await settled(pays, 1)).toMatchObject([{ state: 'skipped', reason: 'arrears-cleared' }]);
      expect(await settled(leaves, 1)).toMatchObject([{ state: 'skipped', reason: 'no-contact' }]);
      expect(mail.mails.map(({ to }) => to)).toEqual([[owner(waits)]]);
    },
    SOMETIMES_SLOW_MS,
  );

  it('to an account without a contact nothing is sent; nobody resurrects one that was erased', async () => {
    const names = await customerWithMail();
    await done(api, 'EraseContact', { accountId: names.accountId });
    await overdue(names);
    const [skipped] = await settled(names, 1);
    expect(skipped).toMatchObject({ state: 'skipped', reason: 'no-contact', attempts: 0 });
    await api.raw(`/v1/notices/deliveries/${String(skipped?.['deliveryId'])}/retry`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.token}` },
    });
    expect(await settled(names, 1)).toMatchObject([{ state: 'skipped', reason: 'no-contact' }]);
    expect(mailsTo(names)).toEqual([]);
  });

  it('names a delivery that is not there, and a state that is none', async () => {
    const headers = { authorization: `Bearer ${api.token}` };
    expect(await api.raw('/v1/notices/deliveries/nothing/retry', { method: 'POST', headers })).toMatchObject({
      status: 404,
      body: { type: expect.stringMatching(/delivery-unknown$/) },
    });
    expect(await api.get('/v1/notices/deliveries?state=lost')).toMatchObject({
      status: 400,
      body: { detail: 'state: give one of pending, sent, skipped, dead' },
    });
  });

  const ops = async (args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> => {
    const path = fileURLToPath(new URL('../dist/apps/ops/src/main.js', import.meta.url));
    const child = spawn(process.execPath, [path, ...args], {
      env: { ...process.env, LEDGER_URL: api.url, LEDGER_TOKEN: api.token },
    });
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
    return { code, out };
  };
});
