import { newPrivateKey } from '@ledger/audit';
import { readSettings } from './settings.js';

describe('the settings', () => {
  it('all have defaults', () =>
    expect(readSettings({ PORT: '', EVENTSTORE_URL: '' })).toEqual({
      settings: { port: 3000, host: '127.0.0.1', dataDir: './data', eventStoreUrl: null, databaseUrl: null },
    }));

  it('come from the environment', () =>
    expect(
      readSettings({
        PORT: '0',
        HOST: '::1',
        DATA_DIR: '/srv',
        EVENTSTORE_URL: 'esdb+discover://u:p@a,b?tls=true',
        DATABASE_URL: 'postgres://u:p@db/ledger',
      }),
    ).toEqual({
      settings: {
        port: 0,
        host: '::1',
        dataDir: '/srv',
        eventStoreUrl: 'esdb+discover://u:p@a,b?tls=true',
        databaseUrl: 'postgres://u:p@db/ledger',
      },
    }));

  it.each(['http', '-1', '65536', '3000.5', ' 3000'])('have no port %s', (PORT) =>
    expect(readSettings({ PORT })).toEqual({ problems: [expect.stringContaining(PORT)] }),
  );

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
