import { downloadAgentActivity } from '../../api/activity-reports.ts';
import { ApiError, call, type ServerFile } from '../../api/client.ts';
import type { BatchSelection } from '../../api/types.ts';
import { ownZone } from '../../components/time-zone.ts';

/** As long as GetAgentActivity looks back, and how long it is unless somebody wants otherwise. */
export const mostDays = 90;
export const usualDays = 30;

/** Null for what is no such number. */
export function readDays(text: string): number | null {
  const days = /^\s*\d{1,2}\s*$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= mostDays ? days : null;
}

/** The ids that a call takes. */
const inCall = 1000;

/** Those of the selection who would be deleted. */
async function leaversOf(selection: BatchSelection, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await call('PreviewUserDeletion', { ...selection, MaxResults: inCall, NextToken }, { signal });
    ids.push(...page.Users.flatMap(({ Deletable, UserId }) => (Deletable && UserId !== undefined ? [UserId] : [])));
    NextToken = page.NextToken;
  } while (NextToken);
  return [...new Set(ids)];
}

/** The files of several calls as one: with the first line of the first alone. */
export function joined(files: readonly string[]): string {
  return files.map((file, index) => (index === 0 ? file : file.slice(file.indexOf('\r\n') + 2))).join('');
}

/** What those who are to be deleted did in the last days, as one file. */
export async function activityOfLeavers(
  selection: BatchSelection,
  days: number,
  now: Date,
  signal: AbortSignal,
): Promise<ServerFile> {
  const ids = await leaversOf(selection, signal);
  if (ids.length === 0) {
    throw new ApiError(
      404,
      'ResourceNotFoundException',
      'Nobody who is chosen is here any more: there is nothing to save.',
    );
  }
  const EndTime = now.getTime() / 1000;
  const texts: string[] = [];
  let name = 'agent-activity.csv';
  for (let from = 0; from < ids.length; from += inCall) {
    const AgentIds = ids.slice(from, from + inCall);
    const range = { StartTime: EndTime - days * 86_400, EndTime, TimeZone: ownZone() };
    const file = await downloadAgentActivity({ AgentIds, ...range }, signal);
    name = file.name;
    // Blob.text() takes the byte order mark away.
    texts.push(await file.content.text());
  }
  return {
    name,
    content: new Blob([`\uFEFF${joined(texts.map((text) => text.replace(/^\uFEFF/, '')))}`], { type: 'text/csv' }),
  };
}
