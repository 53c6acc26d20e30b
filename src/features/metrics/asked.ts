import type { GroupingKey, MetricFilterKey, MetricName } from './definitions.ts';

/** What is asked for, checked, whichever operation asked. */
export interface Asked {
  /** Ends and beginnings of the intervals, one more than there are; the last is outside. */
  readonly edges: readonly Date[];
  readonly groupings: readonly GroupingKey[];
  readonly filters: readonly Filter[];
  readonly metrics: readonly AskedMetric[];
}

export interface Filter {
  readonly key: GroupingKey;
  /** Any of these; null: what has none at all. */
  readonly values: readonly string[] | null;
}

export interface AskedMetric {
  readonly name: MetricName;
  readonly threshold: { readonly comparison: 'LT' | 'LTE'; readonly seconds: number } | null;
  readonly filters: readonly MetricFilter[];
}

export interface MetricFilter {
  readonly key: MetricFilterKey;
  readonly values: readonly string[];
  readonly negated: boolean;
}
