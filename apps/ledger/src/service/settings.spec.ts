import { newPrivateKey } from '@ledger/audit';
import { readSettings } from './settings.js';

describe('the settings', () => {
  it('all have defaults', () =>
    expect(readSettings({ PORT: '', EVENTSTORE_URL: '' })).toEqual({
      settings: {
        port: 3000,
        host: '127.0.0.1',
        dataDir: './data',
        eventStoreUrl: null,
        databaseUrl: null,
        smtpUrl: null,
        noticesFrom: null,
      },
    }));

  it('come from the environment', () =>
    expect(
      readSettings({
        PORT: '0',
        HOST: '::1',
        DATA_DIR: '/srv',
        EVENTSTORE_URL: 'esdb+discover://u:p@a,b?tls=true',
        DATABASE_URL: 'postgres://u:p@db/ledger',
        SMTP_URL: 'smtps://u:p@mail',
        NOTICES_FROM: 'n@example.com',
      }),
    ).toEqual({
      settings: {
        port: 0,
        host: '::1',
        dataDir: '/srv',
        eventStoreUrl: 'esdb+discover://u:p@a,b?tls=true',
        databaseUrl: 'postgres://u:p@db/ledger',
        smtpUrl: 'smtps://u:p@mail',
        noticesFrom: { name: '', address: 'n@example.com', domain: 'example.com' },
      },
    }));

  it.each(['http', '-1', '65536', '3000.5', ' 3000'])('have no port %s', (PORT) =>
    expect(readSettings({ PORT })).toEqual({ problems: [expect.stringContaining(PORT)] }),
  );

  it('need a sender where mails go out', () => {
    expect(readSettings({ SMTP_URL: 'smtp://mail' })).toEqual({
      problems: [expect.stringMatching(/^NOTICES_FROM is missing, and SMTP_URL needs it: give one such as/)],
    });
    expect(readSettings({ NOTICES_FROM: 'nobody' })).toEqual({
      problems: [expect.stringMatching(/^NOTICES_FROM is no address/)],
    });
  });

  it('do not repeat the secret of a mail server that cannot be used', () => {
    const read = readSettings({ SMTP_URL: 'mail://u:secret@mail', NOTICES_FROM: 'n@example.com' });
    expect(read).toEqual({ problems: [expect.stringMatching(/^SMTP_URL is no mail server/)] });
    expect(JSON.stringify(read)).not.toContain('u:secret');
  });

  it('name everything that is wrong', () =>
    expect(readSettings({ PORT: 'x', EVENTSTORE_URL: 'http://localhost', DATABASE_URL: 'mysql://db' })).toEqual({
      problems: [
        expect.stringMatching(/^PORT/),
        expect.stringMatching(/^EVENTSTORE_URL/),
        expect.stringMatching(/^DATABASE_URL/),
      ],
    }));

  it('may have a key to sign with, and never repeat one that is none', () => {
    const signingKey = newPrivateKey();
    expect(readSettings({ LEDGER_SIGNING_KEY: signingKey })).toMatchObject({ settings: { signingKey } });
    const read = readSettings({ LEDGER_SIGNING_KEY: 'a-secret-that-is-none' });
    expect(read).toEqual({ problems: [expect.stringContaining('ops keys make --print')] });
    expect(JSON.stringify(read)).not.toContain('a-secret');
  });
});
