import { agentQueueArn, arnOf } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { items, length, range } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { decodeToken, encodeToken, unusableToken } from '../../../operations/paging.ts';
import { checkTimeZone, requireDays } from '../../../operations/time-zone.ts';
import type { Asked } from '../asked.ts';
import {
  filtersIn,
  groupingsIn,
  isActivity,
  keysOfConnect,
  metricConstraints,
  metricIn,
  requireApplicable,
} from '../asking.ts';
import type { GroupingKey } from '../definitions.ts';
import { edgesOf, type IntervalPeriod } from '../intervals.ts';
import { agentQueuesAmong } from '../names-store.ts';
import { isToBeShown, type Place, reportPage, seesReports } from '../report.ts';

type Input = InputOf<'GetMetricDataV2'>;

const minute = 60_000;
const mostDays = { FIFTEEN_MIN: 3, THIRTY_MIN: 3, HOUR: 3, DAY: 35, WEEK: 35, TOTAL: 35 } as const;
const months = 3;

/** @throws InvalidParameterException, InvalidRequestException */
function askedIn(input: Input, now: Date): Asked & { readonly period: IntervalPeriod } {
  const { StartTime: start, EndTime: end } = input;
  const { IntervalPeriod: period = 'TOTAL', TimeZone: timeZone = 'UTC' } = input.Interval ?? {};
  checkTimeZone(timeZone);
  requireDays(start, end, mostDays[period], { timeZone, asked: `the IntervalPeriod ${period}` });
  const earliest = new Date(now);
  earliest.setUTCMonth(earliest.getUTCMonth() - months, 0);
  if (start < earliest) throw invalidParameter(`StartTime must lie within the last ${months} months.`);
  const filters = filtersIn(input.Filters, keysOfConnect);
  if (filters.every(({ key }) => key === 'CHANNEL')) {
    throw invalidParameter(
      'Filters need one at least of QUEUE, ROUTING_PROFILE, AGENT and AGENT_HIERARCHY_LEVEL_ONE to _FIVE.',
    );
  }
  const metrics = input.Metrics.map(metricIn);
  // What agents did is kept by quarters of an hour.
  const every = metrics.some(isActivity) || period === 'FIFTEEN_MIN' ? 15 : 5;
  if (!isEvery(start, every) || !(isEvery(end, every) || isEvery(new Date(end.getTime() + 1000), every))) {
    throw invalidParameter(
      `StartTime and EndTime must be multiples of ${every} minutes${every > 5 ? ' for these metrics and this interval' : ''}.`,
    );
  }
  const asked = {
    period,
    edges: edgesOf(start, end, period, timeZone),
    groupings: groupingsIn(input.Groupings, keysOfConnect),
    filters,
    metrics,
  };
  requireApplicable(asked);
  return asked;
}

/** EndTime has been seen one second before, as in 23:59:59. */
const isEvery = (time: Date, minutes: number) => time.getTime() % (minutes * minute) === 0;

const token = 'metric-data-v2';

/** @throws InvalidParameterException */
function placeIn(text: string | undefined): Place {
  const [interval, offset] = decodeToken(token, text, 2) ?? [0, 0];
  const counts = (part: unknown): part is number => typeof part === 'number' && part >= 0 && part < 1_000_000_000;
  if (!counts(interval) || !counts(offset)) throw unusableToken();
  return { interval, offset };
}

export const getMetricDataV2 = defineRead('GetMetricDataV2', {
  permission: seesReports,
  constraints: {
    ...metricConstraints,
    ResourceArn: length(1, 200),
    Filters: items(1, 5),
    Groupings: items(0, 4),
    'Groupings[]': length(1, 250),
    'IntervalDetails.TimeZone': length(1, 100),
    MaxResults: range(1, 100),
    NextToken: length(1, 2500),
  },
  approximate:
    'metrics of what there is none of are refused by name; groups and filters by queue, agent, routing profile, hierarchy and channel',
  handler: async (context, input) => {
    const asked = askedIn(input, context.now);
    const from = placeIn(input.NextToken);
    const { rows: found, next } = await reportPage(context, asked, from, input.MaxResults ?? 100);
    const rows = found.filter((row) => isToBeShown(row, asked));
    const queue = asked.groupings.indexOf('QUEUE');
    const agentQueues = await agentQueuesAmong(
      context.db,
      context.instance.id,
      rows.flatMap(({ keys }) => keys[queue] ?? []),
    );
    return {
      MetricResults: rows.map(({ interval, keys, values }) => ({
        Dimensions: Object.fromEntries(
          asked.groupings.flatMap((key, index) =>
            dimensionOf(context.instance, key, keys[index] ?? null, agentQueues.has(keys[index] ?? '')),
          ),
        ),
        MetricInterval: {
          Interval: asked.period,
          StartTime: asked.edges[interval],
          EndTime: asked.edges[interval + 1],
        },
        Collections: input.Metrics.map((Metric, index) => ({ Metric, Value: values[index] ?? undefined })),
      })),
      NextToken: next ? encodeToken(token, [next.interval, next.offset]) : undefined,
    };
  },
});

/** The id, and the ARN beside it. */
function dimensionOf(
  instance: Instance,
  key: GroupingKey,
  id: string | null,
  isAgentQueue: boolean,
): readonly (readonly [string, string])[] {
  if (id === null) return [];
  if (key === 'CHANNEL') return [[key, id]];
  const types = { AGENT: 'agent', QUEUE: 'queue', ROUTING_PROFILE: 'routing-profile' } as const;
  const type = key === 'AGENT' || key === 'QUEUE' || key === 'ROUTING_PROFILE' ? types[key] : 'agent-group';
  const arn = type === 'queue' && isAgentQueue ? agentQueueArn(instance, id) : arnOf(instance, type, id);
  return [
    [key, id],
    [`${key}_ARN`, arn],
  ];
}
