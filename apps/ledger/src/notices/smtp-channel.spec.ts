import { startMailServer, type MailServer } from './testing/mail-server.js';
import type { Message } from './channel.js';
import { parseSender, type Sender } from './sender.js';
import { smtpChannel } from './smtp-channel.js';

let server: MailServer;

beforeEach(async () => {
  server = await startMailServer();
});
afterEach(() => server.stop());

const from = parseSender('Subscription ledger <notices@ledger.example>') as Sender;
const message: Message = {
  messageId: '5f1c',
  accountId: 'a1',
  notice: 'expiry',
  to: 'owner@customer.example',
  subject: 'App p1: the package standard ends',
  body: 'It ends.\n',
};

describe('a notice by SMTP', () => {
  it('goes to the one address, from the sender, under the id of its event', async () => {
    expect(await smtpChannel(server.url, from).send(message)).toEqual({ kind: 'sent' });
    expect(server.mails).toMatchObject([
      {
        messageId: '<5f1c@ledger.example>',
        to: ['owner@customer.example'],
        from: 'notices@ledger.example',
        subject: message.subject,
        raw: expect.stringMatching(/^Auto-Submitted: auto-generated\r\n(.*\r\n)*\r\nIt ends\.\r\n/m),
      },
    ]);
  });

  it.each([
    [550, 'refused'],
    [451, 'later'],
    [421, 'away'],
  ])('a recipient answered with %d: %s, and the reason does not repeat the address', async (code, kind) => {
    server.recipient = (address) => ({ code, text: `5.1.1 <${address}> is not here` });
    const sent = await smtpChannel(server.url, from).send(message);
    expect(sent).toMatchObject({ kind, reason: expect.stringContaining(String(code)) });
    expect(JSON.stringify(sent)).not.toContain('customer.example');
    expect(server.mails).toEqual([]);
  });

  it.each([
    [554, 'refused'],
    [452, 'later'],
  ])('a message answered with %d: %s', async (code, kind) => {
    server.message = () => ({ code, text: 'no' });
    expect(await smtpChannel(server.url, from).send(message)).toMatchObject({ kind });
  });

  it.each(['nobody', 'a b', '', 'a@b\r\nRCPT TO:<other@b>'])('what is no address is refused: %j', async (to) => {
    expect(await smtpChannel(server.url, from).send({ ...message, to })).toMatchObject({ kind: 'refused' });
    expect(server.mails).toEqual([]);
  });

  it('two addresses in one are no address', async () => {
    const sent = await smtpChannel(server.url, from).send({ ...message, to: 'a@b.example, c@d.example' });
    expect(sent).toMatchObject({ kind: 'refused' });
    expect(server.mails).toEqual([]);
  });

  it('a server that is not there is away, and is used again when it is back', async () => {
    const channel = smtpChannel(server.url, from);
    const port = Number(new URL(server.url).port);
    await server.stop();
    expect(await channel.send(message)).toMatchObject({ kind: 'away' });
    server = await startMailServer(port);
    expect(await channel.send(message)).toEqual({ kind: 'sent' });
  });
});
