/** What the audit answers, as the OpenAPI document shows it. */
import type {
  Again,
  AppSpan,
  Because,
  Fact,
  Facts,
  Happening,
  Mark,
  Metered,
  Reason,
  Told,
  WhyRefused,
} from '@ledger/audit';
import type { AppStatus, Details, Grant } from '@ledger/domain';
import type { Actor, AskedCommand } from '@ledger/event-store';
import { ApiProperty } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;
const FACT = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }], nullable: true };

export class ClauseTextDto {
  @ApiProperty({ type: 'string' })
  readonly clause!: Happening['clauses'][number]['clause'];
  readonly text!: string | null;
}

/** An event, who asked for it and why, by which clauses and prices. */
export class HappeningDto {
  /** `derived`: time has brought it, and nobody has recorded it. */
  @ApiProperty({ enum: ['recorded', 'derived'] })
  readonly source!: Happening['source'];
  readonly stream!: string;
  readonly revision!: string | null;
  readonly id!: string | null;
  @ApiProperty({ type: 'string' })
  readonly type!: Happening['type'];
  readonly effectiveAt!: string;
  readonly recordedAt!: string | null;
  readonly sentence!: string;
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly actor!: Actor | null;
  readonly commandId!: string | null;
  /** What was asked, for the whole append; null where time brought it. */
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly command!: AskedCommand | null;
  readonly reason!: string | null;
  readonly rules!: number | null;
  @ApiProperty({ type: [ClauseTextDto] })
  readonly clauses!: readonly ClauseTextDto[];
  @ApiProperty({ type: [String] })
  readonly priceRows!: readonly string[];
}

export class ReplayDto {
  readonly accountId!: string;
  /** The instant of the state; null where an account had no event yet. */
  readonly at!: string | null;
  readonly knownAt!: string | null;
  /** Of the last recorded event that is in it. */
  readonly revision!: string | null;
  /** What time has brought by then though, as far as was known, nobody had recorded it. It is in the state. */
  @ApiProperty({ type: [HappeningDto] })
  readonly derived!: readonly HappeningDto[];
  /** A tree of facts, each with a path; empty before the account was opened. */
  @ApiProperty(OBJECT)
  readonly state!: Facts;
  /** Metering facts of the months that can still be billed or adjusted: app, month, meter, day. */
  @ApiProperty(OBJECT)
  readonly usage!: Facts;
}

export class PlaceDto {
  readonly at!: string | null;
  readonly revision!: string | null;
}

export class ChangeDto {
  readonly path!: string;
  @ApiProperty(FACT)
  readonly from!: Fact;
  @ApiProperty(FACT)
  readonly to!: Fact;
  /** The events that changed it in between, by their places in `events`, the last decisive; none: the passing of time did. */
  @ApiProperty({ type: [Number] })
  readonly because!: readonly number[];
}

export class SentenceDto {
  readonly words!: string;
  @ApiProperty({ type: [Number] })
  readonly because!: readonly number[];
}

export class DifferenceDto {
  readonly accountId!: string;
  readonly from!: PlaceDto;
  readonly to!: PlaceDto;
  @ApiProperty({ type: [HappeningDto] })
  readonly events!: readonly HappeningDto[];
  @ApiProperty({ type: [ChangeDto] })
  readonly changes!: readonly ChangeDto[];
  /** The same in words; what came or went as a whole is one of them. */
  @ApiProperty({ type: [SentenceDto] })
  readonly sentences!: readonly SentenceDto[];
}

export class GrantDto {
  @ApiProperty({ enum: ['package', 'add-on', 'history-tier'] })
  readonly by!: Grant['by'];
  readonly book!: string | null;
  readonly product!: string | null;
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }], nullable: true })
  readonly value!: Grant['value'];
  /** The seed and row of the price book that say so. */
  readonly source!: string | null;
}

export class MeteredDto {
  /** Of the bill among the reasons. */
  readonly place!: number;
  readonly appId!: string;
  readonly meter!: string;
  readonly day!: string;
  @ApiProperty({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  readonly value!: Metered['value'];
  readonly stream!: string;
  readonly revision!: string;
  readonly effectiveAt!: string;
  readonly recordedAt!: string;
  readonly commandId!: string;
  @ApiProperty(OBJECT)
  readonly actor!: Actor;
}

export class WhyDto {
  readonly accountId!: string;
  readonly at!: string;
  readonly fact!: string;
  @ApiProperty(FACT)
  readonly value!: Fact;
  /** Before the decisive event. */
  @ApiProperty(FACT)
  readonly was!: Fact;
  @ApiProperty({ type: [ClauseTextDto] })
  readonly definedBy!: readonly ClauseTextDto[];
  /**
   * Oldest first, the last decisive. Each has its `place`, `happening`, the first event of its append as `with` and, where
   * time brought it, the `deadline`, a fact with reasons of its own; an event that was told before has its `place` only.
   */
  @ApiProperty({ type: 'array', items: OBJECT })
  readonly reasons!: readonly (Reason | Told)[];
  readonly isMinimal!: Because['isMinimal'];
  @ApiProperty({ type: [GrantDto] })
  readonly grants!: readonly GrantDto[];
  @ApiProperty({ type: [MeteredDto] })
  readonly metered!: readonly MeteredDto[];
}

export class WhyRefusedDto {
  readonly accountId!: string;
  readonly revision!: string;
  readonly at!: string;
  readonly recordedAt!: string;
  readonly commandId!: string;
  @ApiProperty(OBJECT)
  readonly command!: AskedCommand;
  @ApiProperty(OBJECT)
  readonly actor!: Actor;
  readonly refusal!: string;
  @ApiProperty({ type: ClauseTextDto, nullable: true })
  readonly clause!: ClauseTextDto | null;
  /** The values that the check saw. */
  @ApiProperty(OBJECT)
  readonly details!: Details;
  /** The account, and the app it names, as the command met them. */
  @ApiProperty(OBJECT)
  readonly met!: WhyRefused['met'];
  /** What the rules of today decide on that state; null where the rules were not asked. */
  @ApiProperty({ ...OBJECT, nullable: true })
  readonly again!: Again | null;
}

export class AppSpanDto {
  readonly from!: string;
  readonly to!: string;
  @ApiProperty({ enum: ['trial', 'active', 'grace', 'suspended', 'reclaimed', 'deleted'] })
  readonly status!: AppStatus;
  readonly package!: string | null;
  @ApiProperty({ type: [String] })
  readonly holds!: AppSpan['holds'];
}

export class MarkDto {
  readonly at!: string;
  @ApiProperty({ type: 'string' })
  readonly type!: Mark['type'];
}

export class AppLifeDto {
  readonly appId!: string;
  @ApiProperty({ type: [AppSpanDto] })
  readonly spans!: readonly AppSpanDto[];
  @ApiProperty({ type: [MarkDto] })
  readonly marks!: readonly MarkDto[];
}

export class OverdueSpanDto {
  readonly from!: string;
  readonly to!: string;
}

export class BalanceAtDto {
  readonly at!: string;
  readonly cash!: string;
  readonly gift!: string;
}

export class TimelineDto {
  readonly accountId!: string;
  readonly currency!: string | null;
  readonly from!: string | null;
  readonly to!: string | null;
  @ApiProperty({ type: [AppLifeDto] })
  readonly apps!: readonly AppLifeDto[];
  @ApiProperty({ type: [OverdueSpanDto] })
  readonly overdue!: readonly OverdueSpanDto[];
  @ApiProperty({ type: [BalanceAtDto] })
  readonly money!: readonly BalanceAtDto[];
}
