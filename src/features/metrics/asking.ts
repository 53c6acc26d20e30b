import { type Constraints, items, length, pattern } from '../../operations/constraints.ts';
import { invalidParameter, invalidRequest } from '../../operations/errors.ts';
import type { Asked, AskedMetric, Filter, MetricFilter } from './asked.ts';
import { isMetricOfConnect } from './connect-metrics.ts';
import {
  definitionOf,
  type GroupingKey,
  groupingKeys,
  type MetricFilterKey,
  metricNamed,
  notApplicable,
} from './definitions.ts';

/** What GetMetricDataV2 takes to choose facts and metrics; the website's report takes the same. */
interface GivenFilter {
  readonly FilterKey?: string | undefined;
  readonly FilterValues?: readonly string[] | undefined;
  readonly StringCondition?: { readonly Comparison?: string | undefined } | undefined;
}

export interface GivenMetric {
  readonly Name?: string | undefined;
  readonly MetricId?: string | undefined;
  readonly Threshold?:
    | readonly { readonly Comparison?: string | undefined; readonly ThresholdValue?: number | undefined }[]
    | undefined;
  readonly MetricFilters?:
    | readonly {
        readonly MetricFilterKey?: string | undefined;
        readonly MetricFilterValues?: readonly string[] | undefined;
        readonly Negate?: boolean | undefined;
      }[]
    | undefined;
}

export const mostMetrics = 100;
const mostFilterValues = 100;
const longestThreshold = 604_800;

const word = (what: string) => pattern(/^[A-Za-z0-9_:./-]{1,250}$/, what);

/** Under the names that the structures have in the model. */
export const metricConstraints = {
  Metrics: items(1, mostMetrics),
  'MetricV2.Threshold': items(0, 1),
  'MetricV2.MetricId': length(1, 150),
  'MetricV2.MetricFilters': items(0, 2),
  'ThresholdV2.Comparison': length(1, 250),
  'MetricFilterV2.MetricFilterValues': items(1, 10),
  'MetricFilterV2.MetricFilterValues[]': word('an initiation method or a reason of disconnection, such as INBOUND'),
  'FilterV2.FilterKey': length(1, 250),
  'FilterV2.FilterValues': items(1, mostFilterValues),
  'FilterV2.FilterValues[]': length(1, 250),
} satisfies Constraints;

const isOneOf = <T extends string>(values: readonly T[], text: string): text is T => values.some((one) => one === text);

/** @throws InvalidParameterException for what facts are not grouped by */
export function groupingsIn(
  given: readonly string[] | undefined,
  keys: readonly GroupingKey[],
): readonly GroupingKey[] {
  const groupings = (given ?? []).map((key) => {
    if (isOneOf(keys, key)) return key;
    throw invalidParameter(`${key} is no grouping that is offered: group by ${keys.join(', ')}.`);
  });
  const twice = groupings.find((key, index) => groupings.indexOf(key) !== index);
  if (twice) throw invalidParameter(`${twice} stands in Groupings twice.`);
  return groupings;
}

/** @throws InvalidParameterException */
export function filtersIn(given: readonly GivenFilter[] | undefined, keys: readonly GroupingKey[]): readonly Filter[] {
  const filters = (given ?? []).map(
    ({ FilterKey: key = '', FilterValues: values, StringCondition: condition }): Filter => {
      if (!isOneOf(keys, key)) {
        throw invalidParameter(`${key || 'Nothing'} is no filter that is offered: filter by ${keys.join(', ')}.`);
      }
      if ((values === undefined) === (condition?.Comparison === undefined)) {
        throw invalidParameter(`The filter ${key} needs either FilterValues or a StringCondition with its Comparison.`);
      }
      return { key, values: values ?? null };
    },
  );
  const twice = filters.find(({ key }, index) => filters.findIndex((one) => one.key === key) !== index);
  if (twice) throw invalidParameter(`${twice.key} stands in Filters twice: put its values into one.`);
  const count = filters.reduce((sum, { key, values }) => sum + (key === 'CHANNEL' ? 0 : (values?.length ?? 0)), 0);
  if (count > mostFilterValues) {
    throw invalidParameter(`Filters hold ${mostFilterValues} values at most together; these are ${count}.`);
  }
  return filters;
}

/** @throws InvalidRequestException, InvalidParameterException */
export function metricIn(given: GivenMetric): AskedMetric {
  if (given.MetricId !== undefined) {
    throw invalidParameter('Metrics have no ids here, and there are none of one’s own: ask for each by its Name.');
  }
  const written = given.Name ?? '';
  const name = metricNamed(written);
  if (!name) {
    if (isMetricOfConnect(written)) throw invalidRequest(`The metric ${written} is not offered here.`);
    throw invalidRequest(`Invalid metric name: ${written}`);
  }
  const definition = definitionOf(name);
  return {
    name,
    threshold: thresholdIn(given, written, definition.threshold === true),
    filters: (given.MetricFilters ?? []).map((filter) => metricFilterIn(filter, written, definition.filterKeys)),
  };
}

function thresholdIn({ Threshold: given }: GivenMetric, name: string, needed: boolean): AskedMetric['threshold'] {
  const [threshold] = given ?? [];
  if (!needed) {
    if (threshold) throw invalidParameter(`The metric ${name} has no Threshold.`);
    return null;
  }
  if (!threshold) throw invalidParameter(`You must specify a Threshold when you retrieve ${name} metrics.`);
  const { Comparison: comparison = 'LT', ThresholdValue: seconds = 0 } = threshold;
  if (comparison !== 'LT' && comparison !== 'LTE') {
    throw invalidParameter(`The Comparison of the Threshold of ${name} must be LT or LTE.`);
  }
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestThreshold) {
    throw invalidParameter(
      `The ThresholdValue of ${name} must be a whole number of seconds from 1 to ${longestThreshold}.`,
    );
  }
  return { comparison, seconds };
}

function metricFilterIn(
  given: NonNullable<GivenMetric['MetricFilters']>[number],
  name: string,
  keys: readonly MetricFilterKey[],
): MetricFilter {
  const { MetricFilterKey: key = '', MetricFilterValues: values = [], Negate: negated = false } = given;
  if (!isOneOf(keys, key)) {
    throw invalidParameter(
      keys.length > 0
        ? `The metric ${name} can be filtered by ${keys.join(' and ')}, and not by ${key || 'nothing'}.`
        : `The metric ${name} cannot be filtered: leave its MetricFilters out.`,
    );
  }
  if (values.length === 0) throw invalidParameter(`The filter ${key} of the metric ${name} needs MetricFilterValues.`);
  if (negated && definitionOf(metricNamed(name) ?? 'CONTACTS_CREATED').source === 'OFFERS') {
    throw invalidParameter(`The filter ${key} of the metric ${name} cannot be negated: leave Negate out.`);
  }
  return { key, values, negated };
}
/** @throws InvalidParameterException for a metric that cannot be told by one of the groupings, or for one of the filters */
export function requireApplicable({
  groupings,
  filters,
  metrics,
}: Pick<Asked, 'groupings' | 'filters' | 'metrics'>): void {
  for (const { name } of metrics) {
    const [grouping] = notApplicable(name, groupings);
    if (grouping) throw invalidParameter(`The metric ${name} cannot be grouped by ${grouping}.`);
    const [filter] = notApplicable(
      name,
      filters.map(({ key }) => key),
    );
    if (filter) throw invalidParameter(`The metric ${name} cannot be filtered by ${filter}.`);
  }
}

/** What agents did is kept by quarters of an hour. */
export const isActivity = ({ name }: AskedMetric): boolean => definitionOf(name).source === 'ACTIVITY';

export const keysOfConnect: readonly GroupingKey[] = groupingKeys.filter((key) => key !== 'PHONE_NUMBER');
