/** What goes over the wire, shared by the service, the command line and the journeys. */
export { parseCommand, commandSchemas, type ParsedCommand } from './parse-command.js';
export { parseJourney, type Journey, type ParsedJourney, type Step } from './parse-journey.js';
export type { FieldProblem } from './shape.js';
export { CLAUSE_TEXTS } from './clause-texts.js';
export { isId, type JsonSchema } from './kinds.js';
