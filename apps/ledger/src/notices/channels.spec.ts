import { loggedOnly, noticeChannels } from './channels.js';
import { parseSender } from './sender.js';

const message = {
  messageId: '5f1c',
  accountId: 'a1',
  notice: 'expiry',
  to: 'owner@customer.example',
  subject: 'It ends',
  body: 'It ends.\n',
};
const noticesFrom = parseSender('notices@ledger.example');

describe('where notices go', () => {
  it('mails by SMTP where a server is set, all else into the log', () => {
    const names = ({ email, sms }: ReturnType<typeof noticeChannels>) => [email.name, sms.name];
    expect(names(noticeChannels({ smtpUrl: null, noticesFrom: null }))).toEqual(['log', 'log']);
    expect(names(noticeChannels({ smtpUrl: 'smtp://localhost', noticesFrom }))).toEqual(['smtp', 'log']);
    expect(names(loggedOnly())).toEqual(['log', 'log']);
  });

  it('the log says to whom by the account, and nothing personal', async () => {
    const said: string[] = [];
    const { email, sms } = loggedOnly((line) => said.push(line));
    expect(await email.send(message)).toEqual({ kind: 'sent' });
    expect(await sms.send({ ...message, to: '+49 30 123456' })).toEqual({ kind: 'sent' });
    expect(said).toEqual([
      'Notice expiry to account a1 by email, only logged: 5f1c',
      'Notice expiry to account a1 by sms, only logged: 5f1c',
    ]);
  });
});
