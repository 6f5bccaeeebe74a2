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
