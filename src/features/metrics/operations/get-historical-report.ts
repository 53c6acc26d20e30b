import type { Db } from '../../../database/db.ts';
import { csvAnswer, csvFile } from '../../../operations/csv.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { boolean, list, nested, number, required, string, structure, timestamp } from '../../../operations/shapes.ts';
import { definitionOf, type GroupingKey } from '../definitions.ts';
import {
  historicalReport,
  reportConstraints,
  reportInput,
  type ShownReport,
  type ShownRow,
} from '../historical-report.ts';
import { seesReports } from '../report.ts';

const value = structure({ Value: number() });

export const getHistoricalReport = defineExtensionRead(
  'GetHistoricalReport',
  {
    method: 'POST',
    uri: '/historical-reports/{InstanceId}',
    summary:
      'Metrics as GetMetricDataV2 has them, by up to five groupings, with the names as they were last in the range, and with' +
      ' totals. Interval is TOTAL if left out, TimeZone UTC. FIFTEEN_MIN and THIRTY_MIN for 3 days at most, DAY and TOTAL for' +
      ' 31; StartTime and EndTime are edges of the interval. A value that cannot be told is left out. A metric that does not' +
      ' go with the groupings or filters is NotApplicable, and has no values. What is beyond 120,000 cells is cut off:' +
      ' Truncated; totals are of everything. Deleted says of agents who have been deleted, when, and by whom where the' +
      ' caller may be told.',
    input: reportInput,
    output: structure({
      Metrics: required(
        list(nested(structure({ Name: required(string()), Unit: required(string()), NotApplicable: boolean() }))),
      ),
      Rows: required(
        list(
          nested(
            structure({
              StartTime: required(timestamp()),
              EndTime: required(timestamp()),
              // Without an Id: of no agent, no queue. Without a Name where there was none, or the caller may not be told it.
              Dimensions: required(
                list(
                  nested(
                    structure({
                      Key: required(string<GroupingKey>()),
                      Id: string(),
                      Name: string(),
                      FirstName: string(),
                      LastName: string(),
                      /** STANDARD or AGENT, of queues. */
                      Type: string(),
                    }),
                  ),
                ),
              ),
              Deleted: nested(structure({ Time: required(timestamp()), By: string() })),
              Values: required(list(nested(value))),
            }),
          ),
        ),
      ),
      Totals: required(list(nested(value))),
      Truncated: required(boolean()),
    }),
  },
  {
    permission: seesReports,
    constraints: reportConstraints,
    handler: async (context, input) => {
      const { asked, applicable, rows, totals, truncated } = await historicalReport(context, input);
      return {
        Metrics: asked.metrics.map(({ name }, index) => ({
          Name: name,
          Unit: definitionOf(name).unit,
          NotApplicable: applicable[index] ? undefined : true,
        })),
        Rows: [...rows],
        Totals: totals,
        Truncated: truncated,
      };
    },
  },
);

const headers: Readonly<Partial<Record<GroupingKey, readonly string[]>>> = {
  AGENT: ['Agent', 'Agent first name', 'Agent last name', 'Agent ID', 'Deleted'],
  QUEUE: ['Queue', 'Queue ID'],
  CHANNEL: ['Channel'],
  ROUTING_PROFILE: ['Routing profile', 'Routing profile ID'],
  PHONE_NUMBER: ['Phone number'],
};
const levels = ['One', 'Two', 'Three', 'Four', 'Five'];

const headerOf = (key: GroupingKey): readonly string[] => {
  const level = levels.find((word) => key.endsWith(`_${word.toUpperCase()}`)) ?? '';
  return (
    headers[key] ?? [`Agent hierarchy level ${level.toLowerCase()}`, `Agent hierarchy level ${level.toLowerCase()} ID`]
  );
};

const none = '-';

function cellsOf({ StartTime, EndTime, Dimensions, Deleted, Values }: ShownRow): string[] {
  return [
    isoOf(StartTime),
    isoOf(EndTime),
    ...Dimensions.flatMap(({ Key, Id, Name, FirstName, LastName }) => {
      if (Key === 'AGENT') {
        return [Name ?? none, FirstName ?? '', LastName ?? '', Id ?? '', Deleted ? isoOf(Deleted.Time) : ''];
      }
      return headerOf(Key).length === 1 ? [Name ?? none] : [Name ?? none, Id ?? ''];
    }),
    ...Values.map(({ Value }) => (Value === undefined ? none : numberText(Value))),
  ];
}

const isoOf = (time: Date) => time.toISOString().replace('.000Z', 'Z');
/** As many decimals as say something of a share of a second or of one in a hundred. */
const numberText = (value: number) => String(Math.round(value * 10_000) / 10_000);

/** The words of Connect's page, and what tells two of the same metric apart. */
function titlesOf({ asked }: ShownReport): string[] {
  return asked.metrics.map(({ name, threshold, filters }) => {
    const title = definitionOf(name).title;
    const within = threshold
      ? title.replace(/\bX\b/, `${threshold.comparison === 'LTE' ? '≤ ' : ''}${threshold.seconds}`)
      : title;
    const among = filters.map(({ values, negated }) => `${negated ? 'not ' : ''}${values.join(', ')}`);
    return among.length > 0 ? `${within} (${among.join('; ')})` : within;
  });
}

export const downloadHistoricalReport = defineExtensionRead(
  'DownloadHistoricalReport',
  {
    method: 'POST',
    uri: '/historical-reports/{InstanceId}/report.csv',
    summary:
      'The same as a CSV file (RFC 4180, UTF-8 with a byte order mark): times in ISO 8601, durations in seconds, a dash where' +
      ' there is no data. A cell that a spreadsheet would run as a formula begins with an apostrophe.',
    input: reportInput,
    output: 'FILE',
  },
  {
    permission: seesReports,
    constraints: reportConstraints,
    handler: async (context, input) => {
      const report = await historicalReport({ ...context, db: context.db as Db }, input);
      const header = ['StartInterval', 'EndInterval', ...report.asked.groupings.flatMap(headerOf), ...titlesOf(report)];
      return csvAnswer(
        'historical-metrics',
        context.now,
        csvFile(header, cellsOf, async (after: number | null, limit) => {
          const from = after ?? 0;
          const to = from + limit;
          return { items: report.rows.slice(from, to), last: to < report.rows.length ? to : null };
        }),
      );
    },
  },
);
