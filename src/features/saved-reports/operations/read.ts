import { instanceId, items, length, oneOf, range } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import {
  boolean,
  integer,
  label,
  list,
  nested,
  query,
  required,
  string,
  structure,
} from '../../../operations/shapes.ts';
import { requireReadable } from '../rules.ts';
import { settingsMember, unknownMetrics } from '../settings.ts';
import { reportConstraints, reportMembers, summaryMembers, summaryOf } from '../shapes.ts';
import {
  findSavedReport,
  goneFilterValues,
  listSavedReports as listRows,
  type SavedReportPage,
  savedReportSorts,
} from '../store.ts';
import { type SavedReportStatus, type SavedReportType, savedReportStatuses, savedReportTypes } from '../types.ts';

export const describeSavedReport = defineExtensionRead(
  'DescribeSavedReport',
  {
    method: 'GET',
    uri: '/saved-reports/{InstanceId}/{SavedReportId}',
    summary:
      'A saved report that is the caller’s, SHARED or PUBLISHED; with ReportsAdmin.View any. It is settings and no values: whoever' +
      ' opens it sees what GetHistoricalReport answers them. GoneFilterValues are what Filters name that is not there any more;' +
      ' what happened while it was is still in the report. UnknownMetrics are not known here.',
    input: structure(reportMembers),
    output: structure({
      SavedReport: required(
        nested(
          structure({
            ...summaryMembers,
            Settings: required(settingsMember),
            GoneFilterValues: required(
              list(nested(structure({ FilterKey: required(string()), FilterValue: required(string()) }))),
            ),
            UnknownMetrics: required(list(string())),
          }),
        ),
      ),
    }),
  },
  {
    permission: ['MetricsReports.View', 'ReportsAdmin.View'],
    constraints: reportConstraints,
    handler: async (context, { SavedReportId: id }) => {
      const { db, instance } = context;
      const report = await findSavedReport(db, instance.id, context, id);
      if (!report) throw notFound('saved-report', id);
      requireReadable(report, context);
      return {
        SavedReport: {
          ...summaryOf(report),
          Settings: report.settings,
          GoneFilterValues: await goneFilterValues(db, instance.id, report.settings),
          UnknownMetrics: unknownMetrics(report.settings),
        },
      };
    },
  },
);

export const listSavedReports = defineExtensionRead(
  'ListSavedReports',
  {
    method: 'GET',
    uri: '/saved-reports/{InstanceId}',
    summary:
      'The caller’s own saved reports and those that are published; with `all=true`, for which ReportsAdmin.View is needed,' +
      ' everybody’s. Owner has no Name where the caller may not be told it, and Exists is false of users who have been deleted.',
    input: structure({
      InstanceId: label(),
      All: query('all', boolean()),
      NameContains: query('nameContains', string()),
      Types: query('types', list(string<SavedReportType>())),
      Statuses: query('statuses', list(string<SavedReportStatus>())),
      UserIds: query('userIds', list(string())),
      SortBy: query('sortBy', string<SavedReportPage['sortBy']>()),
      SortOrder: query('sortOrder', string<'ASCENDING' | 'DESCENDING'>()),
      StartIndex: query('startIndex', integer()),
      MaxResults: query('maxResults', integer()),
    }),
    output: structure({
      SavedReports: required(list(nested(structure(summaryMembers)))),
      TotalCount: required(integer()),
    }),
  },
  {
    permission: ({ All: all }) => (all ? 'ReportsAdmin.View' : 'MetricsReports.View'),
    constraints: {
      ...instanceId,
      NameContains: length(0, 127),
      Types: items(0, savedReportTypes.length),
      'Types[]': oneOf(...savedReportTypes),
      Statuses: items(0, savedReportStatuses.length),
      'Statuses[]': oneOf(...savedReportStatuses),
      UserIds: items(0, 100),
      SortBy: oneOf(...savedReportSorts),
      SortOrder: oneOf('ASCENDING', 'DESCENDING'),
      StartIndex: range(0, 1_000_000),
      MaxResults: range(1, 500),
    },
    handler: async (context, input) => {
      const filter = {
        all: input.All ?? false,
        nameContains: input.NameContains,
        types: input.Types,
        statuses: input.Statuses,
        userIds: input.UserIds?.length ? input.UserIds : undefined,
      };
      const { reports, count } = await listRows(context.db, context.instance.id, context, filter, {
        sortBy: input.SortBy ?? 'Name',
        descending: input.SortOrder === 'DESCENDING',
        start: input.StartIndex ?? 0,
        size: input.MaxResults ?? 100,
      });
      return { SavedReports: reports.map(summaryOf), TotalCount: count };
    },
  },
);
