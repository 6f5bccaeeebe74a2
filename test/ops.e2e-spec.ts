import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Json } from './support/api.js';
import { temporaryFolder } from './support/service.js';

const OPS = fileURLToPath(new URL('../dist/apps/ops/src/main.js', import.meta.url));

const ops = async (
  args: readonly string[],
  input = '',
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const child = spawn(process.execPath, [OPS, ...args]);
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ]);
  return { code, out, err };
};

const at = (time: string): string => `2024-08-01T${time}+08:00`;
const app = { accountId: 'a1', appId: '1400000001' };
const journey = {
  title: 'a standard package lapses',
  start: at('10:00:00'),
  steps: [
    { at: at('10:00:00'), do: 'OpenAccount', with: { accountId: 'a1', currency: 'USD' } },
    { at: at('10:00:01'), do: 'TopUp', with: { accountId: 'a1', amount: '1000.00' } },
    { at: at('10:00:02'), do: 'CreateApp', with: { ...app, dataCentre: 'singapore', priceBook: 'intl-2024' } },
    { at: at('10:00:03'), do: 'Purchase', with: { ...app, product: 'standard', months: 1 } },
    { at: at('10:00:04'), do: 'Purchase', with: { ...app, product: 'premium', months: 1 } },
    { at: '2024-12-01T00:00:00+08:00' },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

const file = async (content: string): Promise<string> => {
  const path = join(folder, 'journey.json');
  await writeFile(path, content);
  return path;
};

describe('ops simulate FILE', () => {
  it('prints what becomes of a journey', async () => {
    const { code, out, err } = await ops(['simulate', await file(JSON.stringify(journey))]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      refusals: [{ step: 4, command: 'Purchase', refusal: 'TermRunning', clause: 'P-2.1' }],
      accounts: { a1: { cash: '601.00' } },
      apps: { [app.appId]: { status: 'suspended', holds: ['lapsed'] } },
    });
  });

  it('names the step and the field of a malformed file, and prints nothing else', async () => {
    const steps = [
      ...journey.steps.slice(0, 1),
      { at: at('10:00:01'), do: 'TopUp', with: { accountId: 'a1', amount: 10 } },
    ];
    const { code, out, err } = await ops(['simulate', await file(JSON.stringify({ steps }))]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^\S+journey\.json: steps\[1\]\.with\.amount: give a string of digits.*\n$/);
  });

  it('says so when the file is no JSON, or not there', async () => {
    expect(await ops(['simulate', await file('{ "steps": [')])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('not JSON'),
    });
    expect(await ops(['simulate', join(folder, 'missing.json')])).toMatchObject({ code: 2, out: '' });
  });
});

describe('ops simulate -', () => {
  it('answers every line with one, and goes on after a malformed one', async () => {
    const line = JSON.stringify(journey);
    const input = [line, '{"steps":', '{"steps":[{"at":"soon"}]}', '', line].join('\n');
    const { code, out } = await ops(['simulate', '-'], input);
    const [first, second, third, fourth, fifth, ...more] = out
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one) as Json);
    expect(code).toBe(0);
    expect(more).toEqual([]);
    expect(second).toEqual({ error: expect.stringContaining('not JSON') });
    expect(third).toEqual({ error: expect.stringContaining('steps[0].at') });
    expect(fourth).toEqual({ error: expect.stringContaining('not JSON') });
    expect(fifth).toEqual(first);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [OPS, 'simulate', '-']);
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(journey)}\n`.repeat(2000));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end();
    const [[code], err] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stderr)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
