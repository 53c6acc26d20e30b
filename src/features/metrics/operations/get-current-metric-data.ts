import type { InputOf } from '../../../operations/connect-types.ts';
import { items, pattern } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { encodeToken, positionIn } from '../../../operations/paging.ts';
import {
  type AgentMetric,
  type ContactMetric,
  currentAgents,
  currentContacts,
  isAgentMetric,
  seesCurrent,
} from '../current-store.ts';
import { v1Constraints, v1Dimensions, v1FiltersIn, v1GroupingsIn } from './get-metric-data.ts';

type Given = InputOf<'GetCurrentMetricData'>['CurrentMetrics'][number];
type Name = NonNullable<Given['Name']>;

const contactMetrics: readonly Name[] = ['CONTACTS_IN_QUEUE', 'OLDEST_CONTACT_AGE', 'CONTACTS_SCHEDULED'];
const isContactMetric = (name: Name): name is ContactMetric => contactMetrics.includes(name);
const token = 'current-metric-data';

/** @throws InvalidParameterException */
function metricIn({ Name: name, MetricId: id, Unit: unit }: Given): AgentMetric | ContactMetric {
  if (id !== undefined) throw invalidParameter('Metrics have no ids here: ask for each by its Name.');
  if (!name) throw invalidParameter('Each of CurrentMetrics needs a Name.');
  const known = name === 'OLDEST_CONTACT_AGE' ? 'SECONDS' : 'COUNT';
  if (unit !== undefined && unit !== known) throw invalidParameter(`The Unit of ${name} must be ${known}.`);
  if (isAgentMetric(name) || isContactMetric(name)) return name;
  throw invalidParameter(`The metric ${name} is not offered here.`);
}

export const getCurrentMetricData = defineRead('GetCurrentMetricData', {
  permission: seesCurrent,
  constraints: {
    ...v1Constraints,
    CurrentMetrics: items(1, 100),
    'CurrentMetric.MetricId': pattern(
      /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|(arn:[a-z0-9-]+:connect:[a-z0-9-]+:(?:([0-9]{12}):instance\/[a-z0-9-]+\/metric\/[a-z0-9-]+(?::[a-z0-9-]+)?|aws:metric\/[A-Z_]+))$/,
      'the id or ARN of a metric',
    ),
    SortCriteria: items(0, 1),
  },
  approximate:
    'of the newest states of agents and the contacts that have come in; groups and filters by queue, channel and routing profile; without slots and estimated wait times',
  handler: async (context, input) => {
    const groupings = v1GroupingsIn(input.Groupings);
    const filters = v1FiltersIn(input.Filters);
    const metrics = input.CurrentMetrics.map(metricIn);
    const ofAgents = metrics.filter(isAgentMetric);
    const ofContacts = metrics.filter(isContactMetric);
    const byProfile = [...groupings, ...filters.map(({ key }) => key)].includes('ROUTING_PROFILE');
    if (byProfile && ofContacts.length > 0) {
      throw invalidParameter(`The metric ${ofContacts[0]} cannot be told by routing profile: ask for it by queue.`);
    }
    const [agents, contacts] = await Promise.all([
      ofAgents.length > 0 ? currentAgents(context, groupings, filters, ofAgents) : [],
      ofContacts.length > 0 ? currentContacts(context, groupings, filters, ofContacts) : [],
    ]);
    const rows = new Map<string, { keys: readonly (string | null)[]; values: Map<string, number | null> }>();
    const add = (names: readonly string[], facts: typeof agents) => {
      for (const { keys, values } of facts) {
        const id = JSON.stringify(keys);
        const row = rows.get(id) ?? { keys, values: new Map() };
        for (const [index, name] of names.entries()) row.values.set(name, values[index] ?? null);
        rows.set(id, row);
      }
    };
    add(ofAgents, agents);
    add(ofContacts, contacts);
    const shownOf = (row: { values: Map<string, number | null> }, name: string | undefined) => {
      const value = row.values.get(name ?? '');
      if (name !== 'OLDEST_CONTACT_AGE') return value ?? 0;
      // Without groupings it comes in milliseconds, whatever its unit says (API Reference, GetCurrentMetricData).
      return groupings.length > 0 ? Math.floor((value ?? 0) / 1000) : Math.floor(value ?? 0);
    };
    const [sort] = input.SortCriteria ?? [];
    if (sort?.SortByMetric && !metrics.some((name) => name === sort.SortByMetric)) {
      throw invalidParameter(`SortCriteria names ${sort.SortByMetric}, which is not among CurrentMetrics.`);
    }
    const sorted = [...rows.values()];
    if (sort?.SortByMetric) {
      const sign = sort.SortOrder === 'DESCENDING' ? -1 : 1;
      sorted.sort((one, other) => sign * (shownOf(one, sort.SortByMetric) - shownOf(other, sort.SortByMetric)));
    }
    const from = positionIn(token, input.NextToken);
    const to = from + (input.MaxResults ?? 100);
    return {
      MetricResults: sorted.slice(from, to).map((row) => ({
        Dimensions: v1Dimensions(context.instance, groupings, row.keys),
        Collections: input.CurrentMetrics.map((Metric) => ({ Metric, Value: shownOf(row, Metric.Name) })),
      })),
      NextToken: sorted.length > to ? encodeToken(token, [to]) : undefined,
      DataSnapshotTime: context.now,
      ApproximateTotalCount: sorted.length,
    };
  },
});
