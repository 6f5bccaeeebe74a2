/**
 * A life drawn in text, 100 columns wide at most: a ruler of local days, a lane for each app, the arrears, and the money as a
 * line of heights between its least and its most.
 *
 * A cell is a stretch of time and shows the gravest of what the app was in it, so that an hour of suspension in a year is
 * still seen; the list below the lanes has every span with its instants.
 */
import type { AppLife, AppSpan, Mark, Timeline } from '@ledger/audit';
import { instant, iso, localDay, type Instant } from '@ledger/domain';
import { wrapped } from './audit-answers.js';

const COLUMNS = 100;
const LABEL = 14;
const CELLS = COLUMNS - LABEL - 2;

/** The later in the list is the graver, and wins in a cell. */
const GLYPHS: readonly (readonly [AppSpan['status'], string, string])[] = [
  ['active', '█', 'term runs'],
  ['trial', '░', 'Trial'],
  ['grace', '▒', 'grace'],
  ['suspended', '×', 'suspended'],
  ['reclaimed', '†', 'reclaimed'],
  ['deleted', '·', 'deleted'],
];

const MARKS: { readonly [type: string]: readonly [glyph: string, name: string] } = {
  Purchased: ['P', 'bought'],
  Renewed: ['R', 'renewed'],
  AutoRenewalFailed: ['F', 'not renewed by itself'],
  Upgraded: ['U', 'upgraded'],
  Refunded: ['B', 'given back'],
  PriceBookMigrated: ['M', 'moved to another book'],
  TrialExtended: ['T', 'Trial extended'],
};

const HEIGHTS = '▁▂▃▄▅▆▇█';

export const plotText = (timeline: Timeline, begin: Instant | null = null): string => {
  const { accountId, from, to } = timeline;
  if (from === null || to === null) return `${accountId}: nothing has happened by then`;
  const scale = new Scale(Math.max(begin ?? 0, instant(from)), instant(to));
  return [
    `${accountId}, ${scale.from} to ${scale.to}`,
    '',
    lane('', scale.ruler()),
    ...timeline.apps.flatMap((app) => appLanes(app, scale)),
    ...(timeline.overdue.length === 0 ? [] : [lane('overdue', scale.bar(timeline.overdue, '!'))]),
    ...money(timeline, scale),
    '',
    ...wrapped(legend(timeline), ''),
    ...timeline.apps.flatMap(({ appId, spans }) => [
      '',
      appId,
      ...spans.filter((span) => scale.shows(span)).map(spanText),
    ]),
  ].join('\n');
};

/** What is drawn, and nothing else. */
const legend = ({ apps }: Timeline): string => {
  const statuses = new Set(apps.flatMap(({ spans }) => spans.map(({ status }) => status)));
  const marked = new Set(apps.flatMap(({ marks }) => marks.map(({ type }) => type)));
  return [
    ...GLYPHS.filter(([status]) => statuses.has(status)).map(([, glyph, name]) => `${glyph} ${name}`),
    ...Object.entries(MARKS).flatMap(([type, [glyph, name]]) => (marked.has(type) ? [`${glyph} ${name}`] : [])),
    ...(marked.size > 0 ? ['+ several'] : []),
  ].join(', ');
};

const lane = (label: string, cells: string): string => `${label.slice(0, LABEL).padEnd(LABEL)}  ${cells}`.trimEnd();

const appLanes = ({ appId, spans, marks }: AppLife, scale: Scale): readonly string[] => {
  const cells = GLYPHS.reduce<string>(
    (drawn, [status, glyph]) =>
      over(
        drawn,
        scale.bar(
          spans.filter((span) => span.status === status),
          glyph,
        ),
      ),
    ' '.repeat(CELLS),
  );
  return [lane(appId, cells), lane('', scale.marks(marks))].filter((line) => line !== '');
};

/** What is drawn in `top` hides what is below. */
const over = (below: string, top: string): string =>
  Array.from(below, (glyph, i) => (top[i] === undefined || top[i] === ' ' ? glyph : top[i])).join('');

const spanText = ({ from, to, status, package: name, holds }: AppSpan): string => {
  const why = holds.length === 0 ? '' : ` (${holds.join(', ')})`;
  return `  ${from}  ${to}  ${status}${name === null || name === status ? '' : ` ${name}`}${why}`;
};

/** Two lines each: the balance at the end of every cell, and its least and most. */
const money = ({ money: balances, currency }: Timeline, scale: Scale): readonly string[] =>
  (['cash', 'gift'] as const).flatMap((which) => {
    const amounts = scale.balances(balances.map((balance) => ({ at: balance.at, amount: balance[which] })));
    const known = amounts.filter((amount) => amount !== null).toSorted((a, b) => heightOf(a) - heightOf(b));
    const [least, most] = [known[0], known.at(-1)];
    if (least === undefined || most === undefined || known.every((amount) => amount === '0.00')) return [];
    const drawn = amounts.map((amount) => (amount === null ? ' ' : glyphOf(amount, least, most))).join('');
    return [lane(`${which} ${currency ?? ''}`, drawn), lane('', `between ${least} and ${most}`)];
  });

/** Of a picture: what is said of an amount is its text. */
const heightOf = (amount: string): number => Number(amount);

const glyphOf = (amount: string, least: string, most: string): string => {
  const [value, low, high] = [heightOf(amount), heightOf(least), heightOf(most)];
  const steps = HEIGHTS.length - 1;
  return HEIGHTS[high === low ? steps : Math.round(((value - low) / (high - low)) * steps)] ?? ' ';
};

type Between = { readonly from: string; readonly to: string };

class Scale {
  private readonly perCell: number;

  constructor(
    private readonly start: Instant,
    private readonly end: Instant,
  ) {
    this.perCell = Math.max(1, Math.ceil((end - start + 1) / CELLS));
  }

  get from(): string {
    return iso(this.start);
  }

  get to(): string {
    return iso(this.end);
  }

  shows({ to }: Between): boolean {
    return instant(to) > this.start;
  }

  /** The local day on which a cell begins, as many as have room. */
  ruler(): string {
    const every = 21;
    return Array.from({ length: Math.ceil(CELLS / every) }, (_, i) => {
      const at = this.start + i * every * this.perCell;
      return at > this.end ? '' : `|${localDay(at)}`.padEnd(every);
    })
      .join('')
      .slice(0, CELLS);
  }

  /** A cell is drawn when any second of it lies in a span. */
  bar(spans: readonly Between[], glyph: string): string {
    const cells = Array.from({ length: CELLS }, () => ' ');
    for (const { from, to } of spans) {
      if (instant(to) <= this.start) continue;
      const last = Math.min(CELLS - 1, this.cellOf(instant(to) - 1));
      for (let cell = Math.max(0, this.cellOf(instant(from))); cell <= last; cell++) cells[cell] = glyph;
    }
    return cells.join('');
  }

  /** `+` where several share a cell. */
  marks(marks: readonly Mark[]): string {
    const cells = Array.from({ length: CELLS }, () => ' ');
    for (const { at, type } of marks) {
      const cell = this.cellOf(instant(at));
      if (cell >= 0 && cell < CELLS) cells[cell] = cells[cell] === ' ' ? (MARKS[type]?.[0] ?? '?') : '+';
    }
    return cells.join('');
  }

  /** The balance at the end of each cell; null before the first and after the last instant. */
  balances(points: readonly { readonly at: string; readonly amount: string }[]): readonly (string | null)[] {
    let next = 0;
    let amount: string | null = null;
    return Array.from({ length: CELLS }, (_, cell) => {
      const until = this.start + (cell + 1) * this.perCell;
      for (let point = points[next]; point && instant(point.at) < until; point = points[next]) {
        amount = point.amount;
        next += 1;
      }
      return until - this.perCell > this.end ? null : amount;
    });
  }

  private cellOf(at: Instant): number {
    return Math.floor((at - this.start) / this.perCell);
  }
}
