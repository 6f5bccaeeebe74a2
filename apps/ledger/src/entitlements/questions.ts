/** The body of a check: which JSON is a list of questions, and what to say to whoever sent something else. */
import { isId, type FieldProblem } from '@ledger/contract';
import type { DayCount, Question } from '@ledger/domain';

export const MOST_QUESTIONS = 100;

export type ParsedQuestions =
  { readonly questions: readonly Question[] } | { readonly problems: readonly FieldProblem[] };

type Body = { readonly [name: string]: unknown };

const ASKS = [
  'limit',
  'feature',
  'members',
  'group-of-user',
  'new-group',
] as const satisfies readonly Question['ask'][];

export const parseQuestions = (body: unknown): ParsedQuestions => {
  const reader = new Reader();
  const { questions } = reader.fields(body, '', ['questions']);
  const list: readonly unknown[] = Array.isArray(questions) ? questions : [];
  if (list.length === 0 || list.length > MOST_QUESTIONS)
    reader.problem('questions', 'list', `give a list of 1 to ${MOST_QUESTIONS} questions`);
  const read = list.slice(0, MOST_QUESTIONS).map((question, i) => reader.question(question, `questions[${i}]`));
  const { problems } = reader;
  return problems.length > 0 ? { problems } : { questions: read.filter((question) => question !== null) };
};

/** Reads on whatever it meets, so that every bad field is named. */
class Reader {
  readonly problems: FieldProblem[] = [];

  problem(field: string, rule: string, message: string): void {
    this.problems.push({ field, rule, message });
  }

  /** The object, or an empty one; of other fields than those named, each is a problem. */
  fields(value: unknown, at: string, names: readonly string[]): Body {
    const message = `give an object with the fields ${names.join(', ')}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.problem(at, 'object', message);
      return {};
    }
    for (const name of Object.keys(value))
      if (!names.includes(name))
        this.problem(
          pathTo(at, name.slice(0, 100)),
          'unknown-field',
          `leave it out: the fields are ${names.join(', ')}`,
        );
    return { ...value };
  }

  question(value: unknown, at: string): Question | null {
    const { ask: sent = null }: { readonly ask?: unknown } = Object(value);
    const ask = ASKS.find((name) => name === sent);
    switch (ask) {
      case undefined:
        this.problem(pathTo(at, 'ask'), 'one-of', `give one of ${ASKS.join(', ')}`);
        return null;
      case 'limit': {
        const body = this.fields(value, at, ['ask', 'limit', 'wanted']);
        return { ask, limit: this.name(body, at, 'limit'), wanted: this.count(body, at, 'wanted') };
      }
      case 'feature': {
        const body = this.fields(value, at, ['ask', 'feature']);
        return { ask, feature: this.name(body, at, 'feature') };
      }
      case 'members': {
        const body = this.fields(value, at, ['ask', 'groupType', 'wanted']);
        return { ask, groupType: this.name(body, at, 'groupType'), wanted: this.count(body, at, 'wanted') };
      }
      case 'group-of-user': {
        const body = this.fields(value, at, ['ask', 'created', 'joined']);
        return { ask, created: this.count(body, at, 'created'), joined: this.count(body, at, 'joined') };
      }
      case 'new-group': {
        const { today, broadcast } = this.fields(value, at, ['ask', 'today', 'broadcast']);
        const all = this.dayCount(today, pathTo(at, 'today'));
        if (broadcast === undefined || broadcast === null) return { ask, today: all };
        return { ask, today: all, broadcast: this.dayCount(broadcast, pathTo(at, 'broadcast')) };
      }
    }
  }

  /** P-9.4 Only what was created that day gives its place back when it is dissolved. */
  private dayCount(value: unknown, at: string): DayCount {
    const body = this.fields(value, at, ['created', 'dissolved']);
    const count = { created: this.count(body, at, 'created'), dissolved: this.count(body, at, 'dissolved') };
    if (count.dissolved > count.created)
      this.problem(pathTo(at, 'dissolved'), 'count', 'give at most as many as were created that day');
    return count;
  }

  private name(body: Body, at: string, field: string): string {
    const value = body[field];
    if (typeof value === 'string' && isId(value)) return value;
    this.problem(pathTo(at, field), 'id', 'give 1 to 64 of the characters A–Z, a–z, 0–9, _ and -');
    return '';
  }

  private count(body: Body, at: string, field: string): number {
    const value = body[field];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    this.problem(pathTo(at, field), 'count', `give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
    return 0;
  }
}

const pathTo = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);
