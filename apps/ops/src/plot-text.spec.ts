/** A life in text: what is drawn where. */
import { describe, expect, it } from '@jest/globals';
import type { Timeline } from '@ledger/audit';
import { instant } from '@ledger/domain';
import { plotText } from './plot-text.js';

const life: Timeline = {
  accountId: 'acme',
  currency: 'USD',
  from: '2024-08-01T00:00:00Z',
  to: '2024-08-29T00:00:00Z',
  apps: [
    {
      appId: 'p1',
      spans: [
        { from: '2024-08-01T00:00:00Z', to: '2024-08-15T00:00:00Z', status: 'active', package: 'standard', holds: [] },
        {
          from: '2024-08-15T00:00:00Z',
          to: '2024-08-15T01:00:00Z',
          status: 'suspended',
          package: 'standard',
          holds: ['arrears'],
        },
        { from: '2024-08-15T01:00:00Z', to: '2024-08-29T00:00:00Z', status: 'active', package: 'standard', holds: [] },
      ],
      marks: [
        { at: '2024-08-01T00:00:00Z', type: 'Purchased' },
        { at: '2024-08-01T00:00:01Z', type: 'Upgraded' },
        { at: '2024-08-22T00:00:00Z', type: 'Renewed' },
      ],
    },
  ],
  overdue: [{ from: '2024-08-14T00:00:00Z', to: '2024-08-15T01:00:00Z' }],
  money: [
    { at: '2024-08-01T00:00:00Z', cash: '100.00', gift: '0.00' },
    { at: '2024-08-14T00:00:00Z', cash: '-20.00', gift: '0.00' },
    { at: '2024-08-15T01:00:00Z', cash: '40.00', gift: '0.00' },
  ],
};

const lines = (text: string): readonly string[] => text.split('\n');

describe('a life in text', () => {
  const drawn = lines(plotText(life));

  it('is 100 columns wide at most', () => {
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('shows an hour of suspension in a month, where it was', () => {
    const [lane = ''] = drawn.filter((line) => line.startsWith('p1 '));
    expect(lane).toMatch(/^p1 +█{41}×{2}█{41}$/);
    expect(drawn).toContain('  2024-08-15T00:00:00Z  2024-08-15T01:00:00Z  suspended standard (arrears)');
  });

  it('marks what was ordered, several in one place as such', () => {
    expect(drawn[drawn.findIndex((line) => line.startsWith('p1 ')) + 1]).toMatch(/^ {16}\+ {61}R$/);
  });

  it('draws the money between its least and its most, and the time when it was owed', () => {
    const [cash = ''] = drawn.filter((line) => line.startsWith('cash USD'));
    expect(cash).toMatch(/^cash USD +█+▁+▅+$/);
    expect(drawn.join('\n')).toContain('between -20.00 and 100.00');
    expect(drawn.join('\n')).toMatch(/overdue +!{3,5}\n/);
    expect(drawn.some((line) => line.startsWith('gift'))).toBe(false);
  });

  it('names what is drawn, and nothing else', () => {
    expect(drawn).toContain('█ term runs, × suspended, P bought, R renewed, U upgraded, + several');
  });

  it('begins where it is told', () => {
    const late = lines(plotText(life, instant('2024-08-20T00:00:00Z')));
    expect(late[0]).toBe('acme, 2024-08-20T00:00:00Z to 2024-08-29T00:00:00Z');
    expect(late.join('\n')).not.toContain('suspended standard');
  });

  it('says so when there is nothing', () => {
    expect(plotText({ ...life, from: null, to: null })).toBe('acme: nothing has happened by then');
  });
});
