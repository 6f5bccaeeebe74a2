/** A reason as a tree for people, at most 100 columns wide: the decisive event first, each clause told once. */
import type { Because, ClauseText, Fact, Metered, Reason, Why, WhyRefused } from '@ledger/audit';
import { wrapped } from './audit-answers.js';
import { headline, originOf } from './replay.js';

/** Of a long chain the latest are shown; `--json` has all. */
const MOST_SHOWN = 12;

/** Clauses are cut short unless they are to be shown in full. */
export const whyText = (why: Why, inFull = false): string => new Tree(why.metered, inFull).text(why);

export const refusalText = ({
  accountId,
  at,
  command,
  actor,
  refusal,
  clause,
  details,
  met,
  again,
}: WhyRefused): string =>
  [
    `${command.name} of ${accountId} was refused at ${at}: ${refusal}${clause === null ? '' : ` (${clause.clause})`}`,
    ...(clause === null ? ['  No clause forbids it: the asker may not.'] : clauseLines(clause, '  ')),
    ...wrapped(`asked by ${actor.subject} (${actor.role}): ${JSON.stringify(command.body)}`, '  '),
    ...wrapped(`the check saw: ${valuesOf(details)}`, '  '),
    ...wrapped(`the account was at #${met.revision ?? '–'}: ${valuesOf(met.account)}`, '  '),
    ...(Object.keys(met.app).length === 0 ? [] : wrapped(`its app: ${valuesOf(met.app)}`, '  ')),
    ...(again === null
      ? []
      : again.kind === 'accepted'
        ? ['  Decided again today, on that state, it is accepted.']
        : wrapped(`Decided again on that state: ${again.refusal} (${again.clause}), ${valuesOf(again.details)}`, '  ')),
  ].join('\n');

const valuesOf = (values: object): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ') || 'nothing';

const clauseLines = ({ clause, text }: ClauseText, indent: string): readonly string[] =>
  wrapped(`${clause}  ${text ?? ''}`, indent, `${indent}       `);

const shown = (fact: Fact): string => (fact === null ? 'nothing' : String(fact));

const SHORT = 160;

const short = (text: string | null): string | null =>
  text === null || text.length <= SHORT ? text : `${text.slice(0, text.lastIndexOf(' ', SHORT))} …`;

class Tree {
  private readonly told = new Set<string>();

  constructor(
    private readonly metered: readonly Metered[],
    private readonly inFull: boolean,
  ) {}

  text(why: Why): string {
    return [
      ...wrapped(`${why.fact} = ${shown(why.value)} (was ${shown(why.was)}), as of ${why.at}`, ''),
      ...why.grants.flatMap(({ by, book, product, value, source }) =>
        wrapped(
          by === 'history-tier'
            ? `the app's history tier: ${shown(value)}`
            : `${by} ${product ?? ''} of ${book ?? ''}${value === null ? '' : `: ${value}`}  [${source ?? ''}]`,
          '  ',
        ),
      ),
      ...this.clauses(why.definedBy, '  '),
      ...this.reasons(why, ''),
      ...(why.isMinimal ? [] : ['The history is long: some of these events may be dispensable.']),
    ].join('\n');
  }

  private reasons({ reasons }: Because, indent: string): readonly string[] {
    const told = reasons.flatMap((reason) => ('happening' in reason ? [reason] : [])).toReversed();
    const some = told.slice(0, MOST_SHOWN);
    const lines = some.flatMap((reason, i) => {
      const isLast = i === some.length - 1 && some.length === told.length;
      return this.reason(reason, `${indent}${isLast ? '└─ ' : '├─ '}`, `${indent}${isLast ? '   ' : '│  '}`);
    });
    const rest = told.length - some.length;
    return rest === 0 ? lines : [...lines, `${indent}└─ … and ${rest} earlier events (--json has them)`];
  }

  private reason({ place, happening, with: head, deadline }: Reason, first: string, indent: string): readonly string[] {
    return [
      ...wrapped(headline(happening), first, `${indent}    `),
      ...wrapped(originOf(happening), `${indent}    `),
      ...(happening.priceRows.length === 0 ? [] : wrapped(happening.priceRows.join(', '), `${indent}    price `)),
      ...this.clauses(happening.clauses, `${indent}    `),
      ...this.meters(place, `${indent}    `),
      ...(head === null
        ? []
        : [
            ...wrapped(`in one append with ${headline(head.happening)}`, `${indent}    `, `${indent}      `),
            ...this.meters(head.place, `${indent}      `),
          ]),
      ...(deadline === null ? [] : this.deadline(deadline, indent)),
    ];
  }

  private deadline(deadline: Because, indent: string): readonly string[] {
    const head = wrapped(`${deadline.fact.slice('timers.'.length)} was due ${shown(deadline.value)}`, `${indent}└─ `);
    return [...head, ...this.clauses(deadline.definedBy, `${indent}     `), ...this.reasons(deadline, `${indent}   `)];
  }

  private meters(place: number, indent: string): readonly string[] {
    return this.metered
      .filter((each) => each.place === place)
      .flatMap(({ meter, day, value, stream, revision, actor, recordedAt }) =>
        wrapped(
          `${meter} ${value} on ${day}: ${stream} #${revision}, by ${actor.subject} (${actor.role}), recorded ${recordedAt}`,
          indent,
          `${indent}  `,
        ),
      );
  }

  /** The text once; after that the id. */
  private clauses(clauses: readonly ClauseText[], indent: string): readonly string[] {
    const known = clauses.filter(({ clause }) => this.told.has(clause)).map(({ clause }) => clause);
    const news = clauses.filter(({ clause }) => !this.told.has(clause));
    for (const { clause } of news) this.told.add(clause);
    return [
      ...news.flatMap(({ clause, text }) => clauseLines({ clause, text: this.inFull ? text : short(text) }, indent)),
      ...(known.length === 0 ? [] : wrapped(known.join(', '), indent)),
    ];
  }
}
