/** Version of the rules that decide; events keep it, and an append of the running version can be decided again. */
export const RULES_VERSION = 1;
/** Version of the folded state's shape; a stored state of another version is ignored. */
export const FOLD_VERSION = 1;
