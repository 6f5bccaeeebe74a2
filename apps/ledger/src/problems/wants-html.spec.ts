import { wantsHtml } from './wants-html.js';

describe('a page', () => {
  it.each([
    'text/html',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'application/json;q=0.5, text/html;q=0.9',
    'TEXT/HTML',
  ])('is for whoever accepts %s', (accept) => expect(wantsHtml(accept)).toBe(true));

  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'application/json, text/html',
    'application/problem+json, text/html;q=0.9',
    'text/html;q=0',
    'text/htmlx',
  ])('is not for whoever accepts %s', (accept) => expect(wantsHtml(accept)).toBe(false));
});
