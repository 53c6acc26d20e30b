import { absentOperations } from '../../src/features/absent/operations/index.ts';
import type { WrongRequest } from './wrong-requests.ts';

interface Allowed {
  readonly operations: RegExp;
  readonly place: RegExp;
  readonly wrong: RegExp;
  readonly because: string;
}

const anId = /^".*"$|unknown|ARN/;

/** What looks wrong and is truly allowed. */
const allowed: readonly Allowed[] = [
  {
    operations: /^(Describe|GetTaskTemplate|ListUserBatchResults)/,
    place: /^\w+$/,
    wrong: /^(nothing in its place|too short a text|"")$/,
    because: 'a path with nothing behind its last slash is that of the list',
  },
  {
    operations: /^Search|^(PreviewUserDeletion|StartUserDeletion|DownloadUsers)$/,
    place: /HierarchyGroupCondition\.Value$/,
    wrong: /unknown|in another/,
    because: 'a search for what is not there finds nothing',
  },
  {
    operations: /^(SearchContact(s|Details)|DownloadContacts)$/,
    place: /(AgentIds|QueueIds|RoutingProfileIds|L[1-5]Ids)\[0\]$|^ContactId$/,
    wrong: /unknown/,
    because: 'a search for what is not there finds nothing, and history speaks of what is gone',
  },
  {
    operations: /AgentActivity|LoginLogout/,
    place: /(AgentIds|RoutingProfileIds|HierarchyGroupIds)\[0\]$/,
    wrong: /unknown/,
    because: 'history speaks of what is gone',
  },
  {
    operations: /^(GetMetricData(V2)?|GetCurrentMetricData|(Get|Download)HistoricalReport)$/,
    place: /^Filters(\[\d\]\.FilterValues|\.(Queues|RoutingProfiles))\[0\]$/,
    wrong: /unknown/,
    because: 'what is not there has no metrics, and history speaks of what is gone',
  },
  {
    operations: /^(Create|Update)SavedReport$/,
    place: /^Settings\.Filters\[\d\]\.FilterValues\[0\]$/,
    wrong: /unknown/,
    because: 'a report is of history, which speaks of what is gone, and says of its filters what is',
  },
  {
    operations: /^(SearchQuickConnectDestinations|DownloadUsers|ListSavedReports)$/,
    place: /^UserIds/,
    wrong: /unknown/,
    because: 'a search for what is not there finds nothing',
  },
  {
    operations: /^(PreviewUserDeletion|StartUserDeletion)$/,
    place: /^UserIds/,
    wrong: anId,
    because: 'each entry has a result of its own, and one that names nobody here is such a result',
  },
  {
    operations: /^(PreviewUserDeletion|StartUserDeletion)$/,
    place: /^(UserIds|Usernames|Emails)\b/,
    wrong: /^(a NUL character|half a surrogate pair)$/,
    because: 'an entry that cannot be read is a result of its own',
  },
  {
    operations: /^BatchDeleteQuickConnects$/,
    place: /^QuickConnectIds/,
    wrong: anId,
    because: 'each quick connect has a result of its own',
  },
  {
    operations: /HistoricalChanges/,
    place: /^ResourceId$/,
    wrong: anId,
    because: 'it may be gone, and of a kind whose ids are names: what has no changes has an empty list',
  },
  {
    operations: /HistoricalChanges/,
    place: /^Permissions\[0\]$/,
    wrong: /^"(__proto__|No\.Such\.Permission)"$/,
    because: 'an access key has actions in place of permissions, of operations that there may be no more',
  },
  {
    operations: /^Import(ContactRecords|AgentEvents)$/,
    place: /^Records\[0\]$/,
    wrong: /./,
    because: 'each record has a result of its own, and what is wrong with it is such a result',
  },
  {
    operations: /^(Create|Update)SecurityProfile$/,
    place: /FlowModuleId$/,
    wrong: anId,
    because: 'which flow modules an agent may use is kept as it is given',
  },
  {
    operations: new RegExp(`^(${absentOperations.map(({ name }) => name).join('|')})$`),
    place: /FieldName$/,
    wrong: anId,
    because: 'there is none of it, so nothing has fields that could be compared',
  },
  {
    operations: /./,
    place: /^NextToken$/,
    wrong: /^a forged token: (-1|9007199254740991) /,
    because: 'some lists have keys that are numbers, of which these are two',
  },
];

export function allowedAnyway(name: string, { place, wrong }: WrongRequest): boolean {
  return allowed.some((one) => one.operations.test(name) && one.place.test(place) && one.wrong.test(wrong));
}
