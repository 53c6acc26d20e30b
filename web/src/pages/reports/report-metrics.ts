import { definitionOf, type GroupingKey, type MetricName, type MetricUnit, metricNamed } from '../../api/metrics.ts';
import type { InputTo } from '../../api/operations.ts';

export type AskedMetric = InputTo<'GetHistoricalReport'>['Metrics'][number];

/** A metric as a report has it: one of the server's, with its threshold, or for contacts of a kind alone. */
export interface ReportMetric {
  /** As the address has it. */
  readonly id: string;
  readonly name: MetricName;
  readonly title: string;
  readonly meaning: string;
  readonly unit: MetricUnit;
  readonly asked: AskedMetric;
}

interface Variant {
  readonly name: MetricName;
  readonly key: 'INITIATION_METHOD' | 'DISCONNECT_REASON';
  readonly values: readonly string[];
  readonly title: string;
  readonly meaning: string;
}

/** Metrics of Connect's page that are others for some contacts alone. */
const variants: Readonly<Record<string, Variant>> = {
  CONTACTS_HANDLED_INCOMING: {
    name: 'CONTACTS_HANDLED',
    key: 'INITIATION_METHOD',
    values: ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER'],
    title: 'Contacts handled incoming',
    meaning: 'Contacts that an agent was connected to, and that came from outside or by a transfer.',
  },
  CONTACTS_HANDLED_OUTBOUND: {
    name: 'CONTACTS_HANDLED',
    key: 'INITIATION_METHOD',
    values: ['OUTBOUND'],
    title: 'Contacts handled outbound',
    meaning: 'Outbound contacts that an agent was connected to.',
  },
  CONTACTS_HANDLED_API: {
    name: 'CONTACTS_HANDLED',
    key: 'INITIATION_METHOD',
    values: ['API'],
    title: 'API contacts handled',
    meaning: 'Contacts that a program began, such as chats and tasks, and that an agent was connected to.',
  },
  CONTACTS_HANDLED_CALLBACK: {
    name: 'CONTACTS_HANDLED',
    key: 'INITIATION_METHOD',
    values: ['CALLBACK'],
    title: 'Callback contacts handled',
    meaning: 'Callbacks that an agent was connected to.',
  },
  CONTACTS_AGENT_HUNG_UP_FIRST: {
    name: 'CONTACTS_HANDLED',
    key: 'DISCONNECT_REASON',
    values: ['AGENT_DISCONNECT'],
    title: 'Contacts agent hung up first',
    meaning: 'Contacts that the agent ended before the customer did.',
  },
  CONTACTS_TRANSFERRED_IN: {
    name: 'CONTACTS_CREATED',
    key: 'INITIATION_METHOD',
    values: ['TRANSFER', 'QUEUE_TRANSFER'],
    title: 'Contacts transferred in',
    meaning: 'Contacts that came by a transfer of an agent or of a queue.',
  },
  AVG_OUTBOUND_AFTER_CONTACT_WORK_TIME: {
    name: 'AVG_AFTER_CONTACT_WORK_TIME',
    key: 'INITIATION_METHOD',
    values: ['OUTBOUND'],
    title: 'Average outbound after contact work time',
    meaning: 'Work for outbound contacts after their end, on average.',
  },
  AVG_OUTBOUND_INTERACTION_TIME: {
    name: 'AVG_INTERACTION_TIME',
    key: 'INITIATION_METHOD',
    values: ['OUTBOUND'],
    title: 'Average outbound agent interaction time',
    meaning: 'Time of agents with customers on outbound contacts, on average.',
  },
};

export const variantIds = Object.keys(variants);

/** Those of Connect's page; an address may have others. */
export const usualThresholds = [15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 600];
/** Of one metric. */
export const mostThresholds = 10;
const longestThreshold = 604_800;

export const withThreshold = (name: MetricName, seconds: number): string => `${name}.${seconds}`;

/** Null for what is none. */
export function reportMetric(id: string): ReportMetric | null {
  const variant = Object.hasOwn(variants, id) ? variants[id] : undefined;
  if (variant) {
    const { name, key, values, title, meaning } = variant;
    const MetricFilters = [{ MetricFilterKey: key, MetricFilterValues: [...values] }];
    return { id, name, title, meaning, unit: definitionOf(name).unit, asked: { Name: name, MetricFilters } };
  }
  const [given = '', text, ...rest] = id.split('.');
  const name = metricNamed(given);
  if (!name || rest.length > 0) return null;
  const { title, meaning, unit, threshold = false } = definitionOf(name);
  if (threshold !== (text !== undefined)) return null;
  if (text === undefined) return { id: name, name, title, meaning, unit, asked: { Name: name } };
  const seconds = Number(text);
  if (!/^\d{1,6}$/.test(text) || seconds < 1 || seconds > longestThreshold) return null;
  const within = (words: string) => words.replace(/\bX\b/, String(seconds));
  return {
    id: withThreshold(name, seconds),
    name,
    title: within(title),
    meaning: within(meaning),
    unit,
    asked: { Name: name, Threshold: [{ Comparison: 'LT', ThresholdValue: seconds }] },
  };
}

/** A report before anybody changes it. */
export interface BuiltInReport {
  readonly title: string;
  readonly description: string;
  readonly groupings: readonly GroupingKey[];
  readonly metrics: readonly string[];
}

export const builtInReports = {
  'agent-performance': {
    title: 'Agent performance',
    description: 'What each agent did, and for how long. Agents who have been deleted are in it as before.',
    groupings: ['AGENT'],
    metrics: [
      'AGENT_ANSWER_RATE',
      'SUM_CONTACT_TIME_AGENT',
      'SUM_IDLE_TIME_AGENT',
      'AGENT_NON_RESPONSE',
      'AGENT_OCCUPANCY',
      'SUM_ONLINE_TIME_AGENT',
      'SUM_NON_PRODUCTIVE_TIME_AGENT',
      'CONTACTS_HANDLED',
      'AVG_HANDLE_TIME',
      'AVG_AFTER_CONTACT_WORK_TIME',
      'AVG_INTERACTION_TIME',
      'AVG_HOLD_TIME',
    ],
  },
  'contact-metrics': {
    title: 'Contact metrics',
    description: 'What became of the contacts of each queue, and how long they waited.',
    groupings: ['QUEUE'],
    metrics: [
      'CONTACTS_QUEUED',
      'CONTACTS_HANDLED',
      'CONTACTS_ABANDONED',
      'ABANDONMENT_RATE',
      'SERVICE_LEVEL.60',
      'AVG_QUEUE_ANSWER_TIME',
      'AVG_ABANDON_TIME',
      'MAX_QUEUED_TIME',
      'CONTACTS_TRANSFERRED_OUT',
      'AVG_HANDLE_TIME',
    ],
  },
  'agent-metrics': {
    title: 'Agent metrics',
    description: 'What agents did for the contacts of each queue.',
    groupings: ['QUEUE'],
    metrics: [
      'AGENT_ANSWER_RATE',
      'AGENT_NON_RESPONSE',
      'AVG_AGENT_CONNECTING_TIME',
      'CONTACTS_HANDLED',
      'CONTACTS_PUT_ON_HOLD',
      'SUM_HANDLE_TIME',
      'AVG_HANDLE_TIME',
      'AVG_INTERACTION_TIME',
      'AVG_HOLD_TIME',
      'AVG_AFTER_CONTACT_WORK_TIME',
    ],
  },
} as const satisfies Readonly<Record<string, BuiltInReport>>;

export type ReportName = keyof typeof builtInReports;
export const reportNames = Object.keys(builtInReports) as ReportName[];
