/** Why a verb did not do what it was asked, with the exit code that says so to scripts. */

/** 0: done. 1: refused, or something was found wrong. 2: asked wrongly. 3: no answer to be had now. */
export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The message is for the operator: what is wrong, and what to do. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  constructor(
    message: string,
    readonly exitCode: ExitCode,
  ) {
    super(message);
  }
}

export class UsageError extends Failure {
  override readonly name = 'UsageError';
  constructor(message: string) {
    super(message, EXIT.usage);
  }
}

export const messageOf = (error: unknown): string => {
  const { message }: { readonly message?: unknown } = Object(error);
  return typeof message === 'string' ? message : String(error);
};
