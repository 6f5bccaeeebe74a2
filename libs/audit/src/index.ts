/** The one door of the audit: what happened, why, and the proof, from an account's own streams and nothing else. */
export {};
