/** What a variable of the environment can be: each kind says what it takes, so that a wrong one can be told what to give. */

export type Setting<T> = {
  readonly variable: string;
  /** As the variable would say it; empty for none. An empty variable counts as unset. */
  readonly byDefault: string;
  /** What it is for, as the table of settings says. */
  readonly what: string;
  /** The rule, as the end of "give …". */
  readonly give: string;
  /** What the text stands for; undefined when it cannot be used. */
  readonly parse: (text: string) => T | undefined;
  /** Holds a secret or an address with one in it: a message never repeats it. */
  readonly isSecret?: true;
};

type Said = Pick<Setting<unknown>, 'variable' | 'byDefault' | 'what'>;
type Optional = Omit<Setting<unknown>, 'byDefault' | 'parse'>;

export const text = (said: Said): Setting<string> => ({ ...said, give: 'a text', parse: (given) => given });

export const wholeNumber = ({ from, to, ...said }: Said & { from: number; to: number }): Setting<number> => ({
  ...said,
  give: `a whole number from ${from} to ${to}`,
  parse: (given) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : NaN;
    return number >= from && number <= to ? number : undefined;
  },
});

export const oneOf = <const T extends string>({ values, ...said }: Said & { values: readonly T[] }): Setting<T> => ({
  ...said,
  give: values.map((value) => `"${value}"`).join(' or '),
  parse: (given) => values.find((value) => value === given),
});

/** What may be left out: null then. */
export const optional = <T>({
  read,
  ...said
}: Optional & { read: (given: string) => T | undefined }): Setting<T | null> => ({
  ...said,
  byDefault: '',
  parse: (given) => (given === '' ? null : read(given)),
});

/** The address of a server, with whoever may use it; null without one. */
export const connectionString = ({
  accepts,
  example,
  ...said
}: Omit<Optional, 'give'> & { accepts: (given: string) => boolean; example: string }): Setting<string | null> =>
  optional({
    ...said,
    give: `a connection string such as "${example}"`,
    read: (given) => (accepts(given) ? given : undefined),
    isSecret: true,
  });

/** What a table of settings stands for. */
export type SettingsOf<T> = { readonly [Name in keyof T]: T[Name] extends Setting<infer Value> ? Value : never };
