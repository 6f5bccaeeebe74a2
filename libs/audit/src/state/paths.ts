/** Facts by their paths. */
import { NotAnswerable } from '../history/not-answerable.js';
import type { Fact, Facts } from './facts.js';

/** Every fact of a tree with its path, in the tree's order. */
export const leavesOf = (facts: Facts, prefix = ''): ReadonlyMap<string, Fact> => {
  const leaves = new Map<string, Fact>();
  collect(facts, prefix, leaves);
  return leaves;
};

const collect = (facts: Facts, prefix: string, into: Map<string, Fact>): void => {
  for (const [name, value] of Object.entries(facts)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isTree(value)) collect(value, path, into);
    else into.set(path, value);
  }
};

const isTree = (value: Fact | Facts): value is Facts => typeof value === 'object' && value !== null;

/** Undefined where the path leads to no fact, or beyond one. */
export const factAt = (facts: Facts, path: string): Fact | undefined => {
  let here: Fact | Facts | undefined = facts;
  for (const part of path.split('.')) {
    if (here === undefined || !isTree(here) || !Object.hasOwn(here, part)) return undefined;
    here = here[part];
  }
  return here === undefined || isTree(here) ? undefined : here;
};

/** Says how far a path leads and what may follow there. */
export const unknownFact = (facts: Facts, path: string): NotAnswerable => {
  let here: Facts = facts;
  const known: string[] = [];
  for (const part of path.split('.')) {
    const next = Object.hasOwn(here, part) ? here[part] : undefined;
    if (next === undefined) break;
    known.push(part);
    if (!isTree(next)) return notThere(path, known, []);
    here = next;
  }
  return notThere(path, known, Object.keys(here));
};

const notThere = (path: string, known: readonly string[], next: readonly string[]): NotAnswerable =>
  new NotAnswerable({ kind: 'unknown-fact', path, known: known.join('.'), next });
