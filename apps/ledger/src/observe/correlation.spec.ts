import { correlationIdOf } from './correlation.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
const MADE = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

describe('a correlation id', () => {
  it('is the one that the caller gives', () =>
    expect(correlationIdOf({ 'x-correlation-id': 'order:17.b_2', traceparent })).toBe('order:17.b_2'));

  it('is the trace where the caller gives none', () => expect(correlationIdOf({ traceparent })).toBe(TRACE));

  it.each([
    ['nothing is given', {}],
    ['the id could be an address', { 'x-correlation-id': 'someone@example.com' }],
    ['the id is too long', { 'x-correlation-id': 'x'.repeat(101) }],
    ['the trace is none', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
    ['the trace is not well-formed', { traceparent: TRACE }],
  ])('is a new one when %s', (_, headers) => {
    expect(correlationIdOf(headers)).toMatch(MADE);
    expect(correlationIdOf(headers)).not.toBe(correlationIdOf(headers));
  });
});
