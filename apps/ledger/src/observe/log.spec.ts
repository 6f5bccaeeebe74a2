import { createLog, FrameworkLog, type LogSettings } from './log.js';

const linesOf = (settings: LogSettings, say: (log: ReturnType<typeof createLog>) => void): readonly string[] => {
  const lines: string[] = [];
  say(createLog(settings, { write: (line) => void lines.push(line) }));
  return lines;
};

const json = { logFormat: 'json', logLevel: 'info' } as const;

describe('the log', () => {
  it('is a line of JSON for machines', () => {
    const [line = ''] = linesOf(json, (log) => log.warn({ ms: 1 }, 'slow'));
    expect(JSON.parse(line)).toEqual({ level: 'warn', time: expect.stringMatching(/Z$/), ms: 1, msg: 'slow' });
  });

  it('is a short line for people', () => {
    const human = { logFormat: 'human', logLevel: 'debug' } as const;
    const lines = linesOf(human, (log) => {
      log.info({ command: 'TopUp', ms: 1.5 }, 'command');
      log.warn('slow');
    });
    expect(lines).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d command command=TopUp ms=1.5\n$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d warn slow\n$/),
    ]);
  });

  it('leaves out what is below its level', () => expect(linesOf(json, (log) => log.debug('more'))).toEqual([]));

  it('has what the framework says of failures, and nothing of its start', () => {
    const lines = linesOf(json, (log) => {
      const framework = new FrameworkLog(log);
      framework.log();
      framework.error('it failed', 'the stack', 'ProblemFilter');
    });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 'error', msg: 'it failed', from: 'ProblemFilter', stack: 'the stack' }),
    ]);
  });
});
