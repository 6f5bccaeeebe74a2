/** The one door of the audit: what happened, why, and the proof, from an account's own streams and nothing else. */
export type { Bounds } from './history/course.js';
export type { Streams } from './history/entries.js';
export type { ClauseText, Happening } from './history/happening.js';
export { NotAnswerable, type Obstacle } from './history/not-answerable.js';
export type { Fact, Facts } from './state/facts.js';
export type { Change } from './state/changes.js';
export type { Sentence } from './state/words.js';
export { replay, replaySteps, type Replay, type ReplayedStep } from './replay.js';
export { difference, type Difference, type Explained, type Point } from './difference.js';
export { why, type Because, type Reason, type Told, type Why } from './why/why.js';
export type { Metered } from './why/metered.js';
export { whyRefused, type Again, type WhyRefused } from './why/refusal.js';
export { timeline, type AppLife, type AppSpan, type Balance, type Mark, type Timeline } from './timeline.js';
export { verifyAccount, type Verified } from './proof/verify-account.js';
export type { ReadStream, StreamHead } from './proof/account-outline.js';
export { shown, type Finding, type FindingKind } from './proof/finding.js';
export { firstDifference } from './proof/first-difference.js';
export {
  BadKey,
  newPrivateKey,
  parsePrivateKey,
  parsePublicKey,
  type PublicKey,
  type SigningKey,
} from './proof/keys.js';
export { keyFileIn, knownKeysIn, makeKeyIn, rotateKeyIn, signingKeyIn, type KnownKey } from './proof/key-file.js';
export { bundleOf } from './proof/bundle.js';
export { isProved, verifyBundle, type BundleProblem, type BundleVerdict } from './proof/verify-bundle.js';
export { compareHead, headsFile, headsOf, readHeadsFile, type HeadDifference } from './proof/heads.js';
export { trialBalance, type CurrencyBalance, type TrialStep } from './proof/trial-balance.js';
export { SOURCES, USES, type BalanceLine } from './proof/account-balance.js';
