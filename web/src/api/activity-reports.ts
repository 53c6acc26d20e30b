import { queryOptions } from '@tanstack/react-query';
import { call, fetchFile } from './client.ts';
import type { InputTo, OutputOf } from './operations.ts';

export type ActivityInterval = OutputOf<'GetAgentActivity'>['Intervals'][number];
export type LoginSession = OutputOf<'GetLoginLogoutReport'>['Sessions'][number];

type ActivityRequest = InputTo<'DownloadAgentActivity'>;

/** No agent has more in a day that anybody reads. */
const mostIntervals = 5000;

/** Every interval of a day. */
export const agentActivityQuery = (request: ActivityRequest) =>
  queryOptions({
    queryKey: ['agent-activity', request],
    queryFn: async ({ signal }): Promise<ActivityInterval[]> => {
      const intervals: ActivityInterval[] = [];
      let NextToken: string | undefined;
      do {
        const page = await call('GetAgentActivity', { ...request, MaxResults: 1000, NextToken }, { signal });
        intervals.push(...page.Intervals);
        NextToken = page.NextToken;
      } while (NextToken && intervals.length < mostIntervals);
      return intervals;
    },
    gcTime: 0,
  });

export const downloadAgentActivity = (request: ActivityRequest, signal?: AbortSignal) =>
  fetchFile('DownloadAgentActivity', request, { signal });

export const loginLogoutReport = (request: InputTo<'GetLoginLogoutReport'>, signal: AbortSignal) =>
  call('GetLoginLogoutReport', request, { signal });

export const downloadLoginLogoutReport = (request: InputTo<'DownloadLoginLogoutReport'>, signal: AbortSignal) =>
  fetchFile('DownloadLoginLogoutReport', request, { signal });
