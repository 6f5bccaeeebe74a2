/** The longest first, so that none of them is begun when the others are done; the rest as Jest has them. */
import Sequencer from '@jest/test-sequencer';

const LONGEST = [
  'clock-faults',
  'projections',
  'usage-and-bills',
  'ops-verbs',
  'clock',
  'store-away',
  'notices-faults',
];

const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.e2e-spec.ts`));
  return place === -1 ? LONGEST.length : place;
};

const Base = Sequencer.default ?? Sequencer;

export default class LongestFirst extends Base {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
