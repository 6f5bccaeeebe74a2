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
        roles: new Set(['api', 'projector', 'clock', 'notices']),
        sandbox: false,
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
        roles: new Set(['api', 'projector', 'clock', 'notices']),
        sandbox: false,
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
