import { queryOptions } from '@tanstack/react-query';
import { listAll } from './client.ts';
import type { OutputOf } from './operations.ts';

export type ReportAgent = OutputOf<'ListReportAgents'>['Agents'][number];

/** Whom the filters of history offer. Kept for a minute: a deletion is to be seen soon. */
const reportAgentsQuery = (Deleted: boolean) =>
  queryOptions({
    queryKey: ['report-agents', Deleted],
    queryFn: ({ signal }): Promise<ReportAgent[]> => listAll('ListReportAgents', 'Agents', { Deleted }, { signal }),
    staleTime: 60_000,
  });

export const livingAgentsQuery = reportAgentsQuery(false);
export const deletedAgentsQuery = reportAgentsQuery(true);
