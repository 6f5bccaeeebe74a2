import { Argument, type Command } from 'commander';
import { withExamples } from './help.js';

export const completionVerbs = (program: Command): void => {
  const verb = program
    .command('completion')
    .description('print what makes a shell complete verbs and flags')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionFor, wordsOf } = await import('./completion.js');
      process.stdout.write(completionFor(shell, wordsOf(program)));
    });
  withExamples(
    verb,
    'completion bash > /etc/bash_completion.d/ledger',
    'completion zsh > "${fpath[1]}/_ledger"',
    'completion fish > ~/.config/fish/completions/ledger.fish',
  );
};
