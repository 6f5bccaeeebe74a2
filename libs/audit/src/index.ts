/** The one door of the audit: what happened, why, and the proof, from an account's own streams and nothing else. */
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
