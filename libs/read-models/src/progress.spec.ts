import { Progress } from './progress.js';

const at = (commit: bigint): { commit: bigint; prepare: bigint } => ({ commit, prepare: commit });

describe('waiting for a position', () => {
  it('is over at once when it is projected already', async () => {
    const progress = new Progress();
    progress.moveTo(at(7n));
    expect(await progress.reaches(at(7n), 0)).toBe(true);
  });

  it('is over when it is projected', async () => {
    const progress = new Progress();
    const reached = progress.reaches(at(7n), 10_000);
    progress.moveTo(at(6n));
    progress.moveTo(at(8n));
    expect(await reached).toBe(true);
  });

  it('is not for ever', async () => expect(await new Progress().reaches(at(7n), 20)).toBe(false));
});
