/** What is injected by an interface has no class to name it. */
export const EVENT_STORE = Symbol('EVENT_STORE');
export const READ_DATABASE = Symbol('READ_DATABASE');
export const LOG = Symbol('LOG');
