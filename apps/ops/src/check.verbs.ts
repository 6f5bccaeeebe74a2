import type { Command } from 'commander';
import { withExamples, type Shown } from './help.js';

export type CheckOptions = Shown & {
  readonly feature?: readonly string[];
  readonly within?: readonly string[];
  readonly question?: readonly string[];
  readonly at?: string;
};

export const checkVerbs = (program: Command): void => {
  const verb = program
    .command('check')
    .description('whether an app may do something, why not, and what would raise it; 1 when something is not allowed')
    .argument('<app>')
    .option('--feature <name...>', 'whether it has the feature')
    .option('--within <limit=wanted...>', 'whether a value is within the limit: groupsPerUser=501')
    .option('--question <json...>', 'any question of the API, such as { "ask": "members", … }')
    .option('--at <instant>', 'as of then, such as 2024-08-01T10:00:00+08:00')
    .action(async (app: string, options: CheckOptions) => {
      process.exitCode = await (await import('./check.js')).check(app, options);
    });
  withExamples(
    verb,
    'check 1400000001 --feature global-access',
    'check 1400000001 --within groupsPerUser=400 --within friendsPerUser=3000',
    `check 1400000001 --question '{ "ask": "members", "groupType": "work", "wanted": 150 }'`,
  );
};
