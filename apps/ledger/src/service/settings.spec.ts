import { newPrivateKey } from '@ledger/audit';
import { readSettings, SETTINGS } from './settings.js';

describe('the settings', () => {
  it('all have defaults', () =>
    expect(readSettings({ PORT: '', EVENTSTORE_URL: '' })).toEqual({
      settings: expect.objectContaining({
        port: 3000,
        host: '127.0.0.1',
        dataDir: './data',
        eventStoreUrl: null,
        databaseUrl: null,
      }),
    }));

  it('come from the environment', () => {
    const environment = {
      PORT: '0',
      HOST: '::1',
      DATA_DIR: '/srv',
      EVENTSTORE_URL: 'esdb+discover://u:p@a,b?tls=true',
      DATABASE_URL: 'postgres://u:p@db/ledger',
    };
    expect(readSettings(environment)).toEqual({
      settings: expect.objectContaining({
        port: 0,
        host: '::1',
        dataDir: '/srv',
        eventStoreUrl: 'esdb+discover://u:p@a,b?tls=true',
        databaseUrl: 'postgres://u:p@db/ledger',
      }),
    });
  });

  it.each(['http', '-1', '65536', '3000.5', ' 3000', '1e3'])('have no port %s', (PORT) =>
    expect(readSettings({ PORT })).toEqual({
      problems: [`PORT is "${PORT}": give a whole number from 0 to 65535.`],
    }),
  );

  it('need a sender where mails go out', () => {
    expect(readSettings({ SMTP_URL: 'smtp://mail' })).toEqual({
      problems: [expect.stringMatching(/^NOTICES_FROM is missing, and SMTP_URL needs it: give an address such as/)],
    });
    expect(readSettings({ NOTICES_FROM: 'nobody' })).toEqual({
      problems: [expect.stringMatching(/^NOTICES_FROM is "nobody": give an address such as/)],
    });
    expect(readSettings({ SMTP_URL: 'smtps://u:p@mail', NOTICES_FROM: 'n@example.com' })).toMatchObject({
      settings: {
        smtpUrl: 'smtps://u:p@mail',
        noticesFrom: { name: '', address: 'n@example.com', domain: 'example.com' },
      },
    });
  });

  it('do not repeat the secret of a mail server that cannot be used', () => {
    const read = readSettings({ SMTP_URL: 'mail://u:secret@mail', NOTICES_FROM: 'n@example.com' });
    expect(read).toEqual({ problems: [expect.stringMatching(/^SMTP_URL cannot be used/)] });
    expect(JSON.stringify(read)).not.toContain('u:secret');
  });

  it('name everything that is wrong, and repeat no password', () => {
    const read = readSettings({ PORT: 'x', EVENTSTORE_URL: 'http://u:secret@db', DATABASE_URL: 'mysql://u:secret@db' });
    expect(read).toEqual({
      problems: [
        expect.stringMatching(/^PORT is "x"/),
        expect.stringMatching(/^EVENTSTORE_URL cannot be used: give a connection string such as "esdb:/),
        expect.stringMatching(/^DATABASE_URL cannot be used: give a connection string such as "postgres:/),
      ],
    });
    expect(JSON.stringify(read)).not.toContain('u:secret');
  });

  it('have one variable each', () => {
    const variables = Object.values(SETTINGS).map(({ variable }) => variable);
    expect(new Set(variables).size).toBe(variables.length);
  });

  it('may have a key to sign with, and never repeat one that is none', () => {
    const signingKey = newPrivateKey();
    expect(readSettings({ LEDGER_SIGNING_KEY: signingKey })).toMatchObject({ settings: { signingKey } });
    const read = readSettings({ LEDGER_SIGNING_KEY: 'a-secret-that-is-none' });
    expect(read).toEqual({ problems: [expect.stringContaining('ledger keys make --print')] });
    expect(JSON.stringify(read)).not.toContain('a-secret');
  });

  const problemsOf = (options: readonly string[], environment = {}): readonly string[] => {
    const read = readSettings(environment, options);
    return 'problems' in read ? read.problems : [];
  };

  it.each([
    [
      ['--roles', 'api,projector'],
      ['api', 'projector'],
    ],
    [['--roles=clock,projector'], ['projector', 'clock']],
    [['--roles', 'projector'], ['projector']],
  ])('have the roles of %j', (options, roles) =>
    expect(readSettings({}, options)).toMatchObject({ settings: { roles: new Set(roles), sandbox: false } }),
  );

  it.each([
    [['--roles', 'api,timer'], /^--roles is "api,timer": give one or more of api,projector,clock,notices/],
    [['--roles'], /^--roles is ""/],
    [['--roles='], /^--roles is ""/],
    [['--rols', 'api'], /^--rols is no option: there are --roles and --sandbox/],
    [['api'], /^api is no option/],
    [['--sandbox=yes'], /^--sandbox is no option/],
  ])('say what is wrong with %j', (options, problem) => expect(problemsOf(options)[0]).toMatch(problem));

  it('leave the projector only to a process that can be shared with', () => {
    const shared = { EVENTSTORE_URL: 'esdb://localhost:2113', DATABASE_URL: 'postgres://db/ledger' };
    expect(problemsOf(['--roles', 'api'], shared)).toEqual([]);
    for (const name of ['EVENTSTORE_URL', 'DATABASE_URL'])
      expect(problemsOf(['--roles', 'api,clock'], { ...shared, [name]: '' })).toEqual([
        expect.stringMatching(/leaves the projector to another process/),
      ]);
  });

  it('make a sandbox of a process that has everything to itself, and never in production', () => {
    expect(readSettings({}, ['--sandbox'])).toMatchObject({ settings: { sandbox: true } });
    const [production, store, roles] = [/NODE_ENV=production/, /leave EVENTSTORE_URL out/, /leave --roles out/];
    expect(problemsOf(['--sandbox'], { NODE_ENV: 'production' })).toEqual([expect.stringMatching(production)]);
    expect(problemsOf(['--sandbox'], { EVENTSTORE_URL: 'esdb://a' })).toEqual([expect.stringMatching(store)]);
    expect(problemsOf(['--sandbox', '--roles', 'api,projector'])).toEqual([expect.stringMatching(roles)]);
  });
});
