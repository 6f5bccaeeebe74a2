import { isSmtpUrl, parseSender } from './sender.js';

describe('who notices are from', () => {
  it.each([
    ['notices@example.com', { name: '', address: 'notices@example.com', domain: 'example.com' }],
    [
      'Subscription ledger <n@example.com>',
      { name: 'Subscription ledger', address: 'n@example.com', domain: 'example.com' },
    ],
    ['<n@localhost>', { name: '', address: 'n@localhost', domain: 'localhost' }],
  ])('%s', (text, sender) => {
    expect(parseSender(text)).toEqual(sender);
  });

  it.each([
    '',
    'notices',
    'a@b, c@d',
    'Ledger <n@example.com',
    'a@exa mple',
    'Led\nger <n@example.com>',
    'n@example.com>',
  ])('not %j', (text) => {
    expect(parseSender(text)).toBeNull();
  });
});

describe('a mail server', () => {
  it.each(['smtp://localhost', 'smtp://localhost:587', 'smtps://user:secret@mail.example.com'])('%s', (url) => {
    expect(isSmtpUrl(url)).toBe(true);
  });

  it.each(['localhost:25', 'http://localhost', 'smtp://', 'smtp://host:port'])('not %s', (url) => {
    expect(isSmtpUrl(url)).toBe(false);
  });
});
