import { Proxy } from '../libs/event-store/src/testing/proxy.js';
import { startMailServer, type Mail, type MailServer } from '../apps/ledger/src/notices/testing/mail-server.js';
import { postgresUrl } from '../libs/read-models/src/testing/databases.js';
import { historyOf, openedAccount, type Api } from './support/api.js';
import { allPages, done } from './support/reads.js';
import { atTheEnd, startStore, startTestService, temporaryFolder, until } from './support/service.js';
import { startServing, type Serving } from './support/serving.js';

const SOMETIMES_SLOW_MS = 120_000;

let mail: MailServer;

beforeEach(async () => {
  mail = await startMailServer();
});
afterEach(() => mail.stop());

const start = (dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Serving> =>
  startServing(dataDir, {
    SMTP_URL: mail.url,
    NOTICES_FROM: 'Subscription ledger <notices@ledger.example>',
    ...env,
  });

/** An account that owes money, and is to be told; its id. */
const overdue = async (api: Api): Promise<string> => {
  const { accountId } = await openedAccount(api);
  await done(api, 'SetContact', { accountId, email: `${accountId}@customer.example` });
  await done(api, 'ChargeAccount', { accountId, amount: '1003.50', service: 'sms' });
  return accountId;
};

/** The id that the message of the account's one notice must have. */
const messageIdOf = async (api: Api, accountId: string): Promise<string> => {
  const notices = (await historyOf(api, accountId)).filter(({ type }) => type === 'NoticeIssued');
  expect(notices).toHaveLength(1);
  return `<${String(notices[0]?.['id'])}@ledger.example>`;
};

const mailsTo = (accountId: string): readonly Mail[] =>
  mail.mails.filter(({ to }) => to.includes(`${accountId}@customer.example`));

const sentByMail = async (api: Api): Promise<number> =>
  (await allPages(api, '/v1/notices/deliveries?state=sent', 'deliveries')).items.filter(({ via }) => via === 'smtp')
    .length;

describe('a notice by mail', () => {
  it(
    'comes again, under the same message id, when the process is killed between sending it and keeping that it was sent',
    async () => {
      const dataDir = await temporaryFolder();
      const first = await start(dataDir);
      // The server has the whole message, and says so only to a process that is no more.
      mail.message = async () => {
        await first.running.end('SIGKILL');
        return null;
      };
      const accountId = await overdue(first);
      expect(await first.running.ended).toBe('SIGKILL');
      mail.message = () => null;
      const second = await start(dataDir);
      await until(async () => (await sentByMail(second)) === 1);
      const id = await messageIdOf(second, accountId);
      expect(mailsTo(accountId).map(({ messageId }) => messageId)).toEqual([id, id]);
      expect(await second.get('/v1/notices/deliveries?state=sent')).toMatchObject({
        body: { deliveries: [{ attempts: 2, channel: 'email', accountId }] },
      });
      // After a stop in order, and in normal running, nothing comes again.
      expect(await second.running.end('SIGTERM')).toBe(0);
      const third = await start(dataDir);
      const other = await overdue(third);
      await until(async () => (await sentByMail(third)) === 2);
      expect(mailsTo(accountId)).toHaveLength(2);
      expect(mailsTo(other)).toHaveLength(1);
      // Neither addresses nor the server's are said.
      const said = [first, second, third].flatMap(({ running }) => running.said).join('\n');
      expect(said).not.toMatch(/customer\.example|smtp:\/\//);
      expect(await third.running.end('SIGTERM')).toBe(0);
    },
    SOMETIMES_SLOW_MS,
  );

  it(
    'comes once from two services on one store and one database; when the one that delivers is killed, the other goes on',
    async () => {
      const closing = new AsyncDisposableStack();
      atTheEnd(() => closing.disposeAsync());
      const env = { EVENTSTORE_URL: await startStore(), DATABASE_URL: await postgresUrl(closing) };
      const first = await start(await temporaryFolder(), env);
      const second = await start(await temporaryFolder(), env);
      const before = await Promise.all(Array.from({ length: 10 }, () => overdue(second)));
      await until(async () => (await sentByMail(second)) === before.length);
      for (const accountId of before) expect(mailsTo(accountId)).toHaveLength(1);
      // Whoever came first delivers.
      const killedAt = mail.mails.length;
      mail.message = async () => {
        await first.running.end('SIGKILL');
        return null;
      };
      const during = await Promise.all(Array.from({ length: 10 }, () => overdue(second)));
      expect(await first.running.ended).toBe('SIGKILL');
      await until(async () => (await sentByMail(second)) === before.length + during.length);
      for (const accountId of during) {
        const ids = new Set(mailsTo(accountId).map(({ messageId }) => messageId));
        expect([...ids]).toEqual([await messageIdOf(second, accountId)]);
      }
      for (const accountId of before) expect(mailsTo(accountId)).toHaveLength(1);
      expect(mail.mails.length - killedAt).toBeGreaterThan(during.length);
      expect(await second.running.end('SIGTERM')).toBe(0);
    },
    SOMETIMES_SLOW_MS,
  );

  it.each(['event store', 'database'])(
    'comes once although the %s goes away, while nothing is due and while something is',
    async (what) => {
      const closing = new AsyncDisposableStack();
      atTheEnd(() => closing.disposeAsync());
      const urls = { eventStoreUrl: await startStore(), databaseUrl: await postgresUrl(closing) };
      const behind = what === 'database' ? 'databaseUrl' : 'eventStoreUrl';
      const { proxy, connectionString } = await Proxy.before(urls[behind]);
      closing.defer(() => proxy.close());
      const api = await startTestService({ ...urls, [behind]: connectionString, smtpUrl: mail.url });
      const away = (isAway: boolean): void => {
        proxy.isDown = isAway;
        if (isAway) proxy.cut();
      };
      const first = await overdue(api);
      await until(async () => (await sentByMail(api)) === 1);
      away(true);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      away(false);
      // It goes away again once the server has the message: that it was sent is kept nowhere.
      mail.message = () => {
        away(true);
        return null;
      };
      const second = await overdue(api);
      await until(async () => mailsTo(second).length === 1);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      mail.message = () => null;
      away(false);
      await until(async () => (await sentByMail(api).catch(() => 0)) === 2);
      const id = await messageIdOf(api, second);
      expect(new Set(mailsTo(second).map(({ messageId }) => messageId))).toEqual(new Set([id]));
      expect(mailsTo(first)).toHaveLength(1);
      await api.stop();
    },
    SOMETIMES_SLOW_MS,
  );
});
