import { ProgressBar, progressText } from './progress-bar.js';

const written = (
  isTTY: boolean,
): { readonly out: ConstructorParameters<typeof ProgressBar>[0]; readonly text: () => string } => {
  let all = '';
  const write = (text: string | Uint8Array): boolean => {
    all += String(text);
    return true;
  };
  return { out: { isTTY, columns: 200, write }, text: () => all };
};

describe('progress', () => {
  it('names events, percent, rate and time left', () =>
    expect(progressText({ what: 'filling', done: 3000, total: 9000 }, 1000, 2)).toBe(
      'filling 3,000 of 9,000 events, 33 %, 1,000/s, 6 s left',
    ));

  it('is a bar that moves in its line on a terminal', () => {
    const { out, text } = written(true);
    const bar = new ProgressBar(out);
    bar.show({ what: 'filling', done: 50, total: 100 }, 0);
    bar.show({ what: 'filling', done: 100, total: 100 }, 10);
    bar.end();
    expect(text()).toMatch(/^\r\S+\[#{15}-{15}\] .*\r\S+\[#{30}\] .*100 %.*\n$/);
  });

  it('is plain lines elsewhere, and not too many', () => {
    const { out, text } = written(false);
    const bar = new ProgressBar(out);
    for (let ms = 0; ms < 3000; ms += 100) bar.show({ what: 'filling', done: ms, total: 3000 }, ms);
    bar.end();
    expect(text().split('\n')).toHaveLength(3);
    expect(text()).not.toMatch(/\r/);
  });
});
