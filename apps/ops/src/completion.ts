/** Shell completion of verbs and flags, written out from the program itself: nothing runs when somebody presses Tab. */
import type { Command } from 'commander';
import { NAME } from './help.js';

/** What may follow a verb (`tokens make`; empty for none yet). */
export type Words = {
  readonly verb: string;
  readonly about: string;
  readonly subverbs: readonly string[];
  readonly flags: readonly { readonly flag: string; readonly about: string; readonly choices: readonly string[] }[];
};

export const wordsOf = (command: Command, verb = ''): readonly Words[] => {
  const { commands, options } = command;
  const flags = options.flatMap(({ long, flags: shown, description }) =>
    long ? [{ flag: long, about: description, choices: choicesIn(shown) }] : [],
  );
  return [
    { verb, about: command.description(), subverbs: commands.map((sub) => sub.name()), flags },
    ...commands.flatMap((sub) => wordsOf(sub, verb === '' ? sub.name() : `${verb} ${sub.name()}`)),
  ];
};

/** `--currency <CNY|USD>` names them. */
const choicesIn = (shown: string): readonly string[] => {
  const [, inner = ''] = /<([^>]*\|[^>]*)>/.exec(shown) ?? [];
  return inner === '' ? [] : inner.split('|');
};

export const completionFor = (shell: 'bash' | 'zsh' | 'fish', words: readonly Words[]): string => {
  switch (shell) {
    case 'bash':
      return bash(words);
    case 'zsh':
      // zsh runs bash's completions, once told to.
      return `#compdef ${NAME}\nautoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
    case 'fish':
      return fish(words);
  }
};

const bash = (words: readonly Words[]): string => {
  const [global] = words;
  const everywhere = (global?.flags ?? []).map(({ flag }) => flag);
  const next = words.map(({ verb, subverbs, flags }) => {
    const all = [...subverbs, ...flags.map(({ flag }) => flag), ...(verb === '' ? [] : everywhere), '--help'];
    return `    '${verb}') words='${all.join(' ')}' ;;`;
  });
  const choices = words.flatMap(({ verb, flags }) =>
    flags
      .filter(({ choices: named }) => named.length > 0)
      .map(({ flag, choices: named }) => `    '${verb} ${flag}') words='${named.join(' ')}' ;;`),
  );
  const nested = words.filter(({ verb, subverbs }) => verb !== '' && subverbs.length > 0).map(({ verb }) => verb);
  return `# Completion of ${NAME}, made by "${NAME} completion".
_${NAME}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" verb='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    if [ -z "$verb" ]; then verb="$word"; else case "$verb" in ${nested.join('|')}) verb="$verb $word"; break ;; *) break ;; esac; fi
  done
  case "$verb" in
${next.join('\n')}
  esac
  case "$verb $before" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${NAME} ${NAME}
`;
};

const fish = (words: readonly Words[]): string =>
  `# Completion of ${NAME}, made by "${NAME} completion".\ncomplete -c ${NAME} -f\n${words
    .flatMap(({ verb, subverbs, flags }) => {
      const when = conditionOf(verb, subverbs);
      const about = new Map(words.map((one) => [one.verb, one.about]));
      return [
        ...subverbs.map(
          (sub) =>
            `complete -c ${NAME} -n ${quoted(when)} -a ${sub} -d ${quoted(about.get(`${verb} ${sub}`.trim()) ?? '')}`,
        ),
        ...flags.map(({ flag, about: text, choices }) => {
          const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : '';
          const place = verb === '' ? '' : ` -n ${quoted(seen(verb))}`;
          return `complete -c ${NAME}${place} -l ${flag.slice(2)} -d ${quoted(text)}${values}`;
        }),
      ];
    })
    .join('\n')}\n`;

const seen = (verb: string): string =>
  verb
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');

const conditionOf = (verb: string, subverbs: readonly string[]): string =>
  verb === '' ? '__fish_use_subcommand' : `${seen(verb)}; and not __fish_seen_subcommand_from ${subverbs.join(' ')}`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
