/** `ledger keys`: 0 when done, 1 when there is nothing to do it with. */
import {
  BadKey,
  keyFileIn,
  knownKeysIn,
  makeKeyIn,
  newPrivateKey,
  parsePrivateKey,
  rotateKeyIn,
  type KnownKey,
} from '@ledger/audit';

const path = (): string => keyFileIn(process.env['DATA_DIR'] || './data');

const now = (): string => Temporal.Now.instant().round('second').toString();

const say = ({ keyId, publicKey, madeAt, retiredAt }: KnownKey): void =>
  console.log(
    `${keyId}  ${publicKey}  made ${madeAt ?? 'elsewhere'}${retiredAt === null ? ', in use' : `, retired ${retiredAt}`}`,
  );

/** 1 where what there is already is none. */
const orSay = (work: () => number): number => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BadKey)) throw error;
    console.error(error.message);
    return 1;
  }
};

const done = (made: KnownKey | null, why: string): number => {
  if (made) say(made);
  else console.error(why);
  return made ? 0 : 1;
};

export const make = (): number =>
  orSay(() =>
    done(makeKeyIn(path(), now()), `There is a key in ${path()} already: "ledger keys rotate" makes the next one.`),
  );

export const rotate = (): number =>
  orSay(() =>
    done(rotateKeyIn(path(), now()), `There is no key in ${path()} yet: "ledger keys make" makes the first one.`),
  );

export const show = (): number =>
  orSay(() => {
    const keys = knownKeysIn(path());
    for (const key of keys) say(key);
    if (keys.length === 0) console.error(`There is no key in ${path()}: "ledger keys make" makes the first one.`);
    return keys.length === 0 ? 1 : 0;
  });

/** The secret alone on standard output, to be piped to where secrets are kept; what may be told goes to the other. */
export const printed = (): number => {
  const privateKey = newPrivateKey();
  const { keyId, text } = parsePrivateKey(privateKey).publicKey;
  console.log(privateKey);
  console.error(`${keyId}  ${text}`);
  return 0;
};
