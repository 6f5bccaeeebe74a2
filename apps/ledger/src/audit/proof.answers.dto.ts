import type { FindingKind } from '@ledger/audit';
import { ApiProperty } from '@nestjs/swagger';

/** Where a stream stands. */
export class StreamHeadDto {
  readonly stream!: string;
  readonly revision!: string;
  /** Of its last event. */
  readonly chain!: string;
}

/** Appends of another version of the rules, which the running one cannot decide again. */
export class OtherRulesDto {
  readonly rules!: number;
  readonly appends!: number;
}

/** Something that is wrong: where, what should stand there, and what does. */
export class FindingDto {
  /** docs/proof.md has them all. */
  @ApiProperty({ type: 'string' })
  readonly kind!: FindingKind;
  readonly stream!: string;
  /** Null where it is about the whole stream. */
  readonly revision!: string | null;
  /** The field, the invariant or the row. */
  readonly what!: string;
  readonly expected!: string | null;
  readonly actual!: string | null;
}

export class VerifiedDto {
  readonly accountId!: string;
  /** Whether nothing was found. */
  readonly ok!: boolean;
  @ApiProperty({ type: [StreamHeadDto] })
  readonly streams!: readonly StreamHeadDto[];
  /** How many appends the running rules decided a second time, to the same. */
  readonly decidedAgain!: number;
  @ApiProperty({ type: [OtherRulesDto] })
  readonly byOtherRules!: readonly OtherRulesDto[];
  @ApiProperty({ type: [FindingDto] })
  readonly findings!: readonly FindingDto[];
}

/** The public half of a key that signs evidence, or signed it. */
export class KnownKeyDto {
  readonly keyId!: string;
  /** As `ledger bundle verify --key` takes it. */
  readonly publicKey!: string;
  /** Null for a key from the environment. */
  readonly madeAt!: string | null;
  /** Null while it is in use. */
  readonly retiredAt!: string | null;
}

export class KnownKeysDto {
  @ApiProperty({ type: [KnownKeyDto] })
  readonly keys!: readonly KnownKeyDto[];
}

/** What became of a stream since a list of heads was made. */
export class HeadDifferenceDto {
  /** `cut`: it ends before it did; `rewritten`: another event stands where it ended. */
  readonly kind!: 'cut' | 'rewritten';
  readonly stream!: string;
  readonly revision!: string;
  readonly expected!: string;
  readonly actual!: string | null;
}

export class HeadDifferencesDto {
  @ApiProperty({ type: [HeadDifferenceDto] })
  readonly differences!: readonly HeadDifferenceDto[];
}
