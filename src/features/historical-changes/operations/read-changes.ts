import type { Change } from '../../../audit/change.ts';
import { type Door, doors } from '../../../audit/store.ts';
import type { Db } from '../../../database/db.ts';
import { isUuid } from '../../../operations/arn.ts';
import { type Constraints, instanceId, items, length, oneOf, range } from '../../../operations/constraints.ts';
import { csvAnswer } from '../../../operations/csv.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { integer, label, list, nested, required, string, structure, timestamp } from '../../../operations/shapes.ts';
import { changesFile } from '../changes-file.ts';
import { type Entry, type EntryFilter, type EntryKey, listEntries } from '../entry-view.ts';
import { type EntryType, entryTypes } from '../visible-entries.ts';

const actions = ['CREATED', 'UPDATED', 'DELETED'] as const;
const dayMilliseconds = 86_400_000;
const mostDays = 731;
const daysIfNotSaid = 31;

const filterMembers = {
  StartTime: timestamp(),
  EndTime: timestamp(),
  ActorName: string(),
  ActorId: string(),
  ResourceTypes: list(string<EntryType>()),
  ResourceName: string(),
  ResourceId: string(),
  Actions: list(string<Change['change']>()),
  Operations: list(string()),
  Doors: list(string<Door>()),
  Permissions: list(string()),
} as const;

const constraints = {
  ...instanceId,
  ActorName: length(1, 100),
  ActorId: length(1, 128),
  ResourceTypes: items(1, entryTypes.length),
  'ResourceTypes[]': oneOf(...entryTypes),
  ResourceName: length(1, 256),
  ResourceId: length(1, 256),
  Actions: items(1, actions.length),
  'Actions[]': oneOf(...actions),
  Operations: items(1, 20),
  'Operations[]': length(1, 100),
  Doors: items(1, doors.length),
  'Doors[]': oneOf(...doors),
  Permissions: items(1, 20),
  'Permissions[]': length(1, 256),
} satisfies Constraints;

interface Asked {
  readonly StartTime?: Date | undefined;
  readonly EndTime?: Date | undefined;
  readonly ActorName?: string | undefined;
  readonly ActorId?: string | undefined;
  readonly ResourceTypes?: readonly EntryType[] | undefined;
  readonly ResourceName?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly Actions?: readonly Change['change'][] | undefined;
  readonly Operations?: readonly string[] | undefined;
  readonly Doors?: readonly Door[] | undefined;
  readonly Permissions?: readonly string[] | undefined;
}

/** @throws InvalidParameterException for a time range that is none, or too long */
function filterOf(asked: Asked, now: Date): EntryFilter {
  const end = asked.EndTime ?? new Date(now.getTime() + 1);
  const start = asked.StartTime ?? new Date(end.getTime() - daysIfNotSaid * dayMilliseconds);
  if (start >= end) throw invalidParameter('StartTime must be before EndTime.');
  if (end.getTime() - start.getTime() > mostDays * dayMilliseconds) {
    throw invalidParameter(
      `From StartTime to EndTime may be ${mostDays} days at most. Ask for the time before in another call.`,
    );
  }
  return {
    start,
    end,
    actorId: asked.ActorId,
    actorName: asked.ActorName,
    resourceTypes: asked.ResourceTypes,
    resourceId: asked.ResourceId,
    resourceName: asked.ResourceName,
    actions: asked.Actions,
    operations: asked.Operations,
    doors: asked.Doors,
    permissions: asked.Permissions,
  };
}

const permission = 'HistoricalChanges.View';
const which =
  `StartTime is ${daysIfNotSaid} days before EndTime if left out, and EndTime now. Names are found in any case, and whole.` +
  ' Whoever sees resources of a kind sees their changes; whoever is limited in it, only of those within reach that are still there.';

const token = 'historical-changes';

export const listHistoricalChanges = defineExtensionRead(
  'ListHistoricalChanges',
  {
    method: 'POST',
    uri: '/historical-changes/{InstanceId}',
    summary: `Who changed what, newest first. ${which} Old and New are JSON; one that was not recorded is left out. What was created has New, what was deleted Old.`,
    input: structure({ InstanceId: label(), ...filterMembers, MaxResults: integer(), NextToken: string() }),
    output: structure({
      HistoricalChanges: required(
        list(
          nested(
            structure({
              Id: required(string()),
              Time: required(timestamp()),
              Action: required(string<Change['change']>()),
              Operation: required(string()),
              Door: required(string<Door>()),
              Permission: required(string()),
              // Without the Name where the caller may not be told it.
              Actor: required(
                nested(
                  structure({ Type: required(string<Entry['actorType']>()), Id: required(string()), Name: string() }),
                ),
              ),
              Resource: required(
                nested(
                  structure({ Type: required(string<EntryType>()), Id: required(string()), Name: required(string()) }),
                ),
              ),
              Changes: required(list(nested(structure({ Member: required(string()), Old: string(), New: string() })))),
              UserBatchId: string(),
              RequestId: required(string()),
            }),
          ),
        ),
      ),
      NextToken: string(),
    }),
  },
  {
    permission,
    constraints: { ...constraints, MaxResults: range(1, 100), NextToken: length(1, 2500) },
    handler: async (context, input) => {
      const size = input.MaxResults ?? 100;
      const rows = await listEntries(context, filterOf(input, context.now), placeIn(input.NextToken), size + 1);
      const page = pageOfRows(rows, size, token, ({ micros, id }) => [micros, id]);
      return { HistoricalChanges: page.rows.map(shown), NextToken: page.nextToken };
    },
  },
);

export const downloadHistoricalChanges = defineExtensionRead(
  'DownloadHistoricalChanges',
  {
    method: 'POST',
    uri: '/historical-changes/{InstanceId}/changes.csv',
    summary:
      'The same as a CSV file (RFC 4180, UTF-8 with a byte order mark), with a line for each member that changed. A cell that a spreadsheet would run as a formula begins with an apostrophe.',
    input: structure({ InstanceId: label(), ...filterMembers }),
    output: 'FILE',
  },
  {
    permission,
    constraints,
    handler: async (context, input) => {
      const filter = filterOf(input, context.now);
      const reader = { ...context, db: context.db as Db };
      return csvAnswer(
        'historical-changes',
        context.now,
        changesFile((after, limit) => listEntries(reader, filter, after, limit)),
      );
    },
  },
);

function placeIn(given: string | undefined): EntryKey | null {
  const key = decodeToken(token, given, 2);
  if (!key) return null;
  const [micros, id] = key;
  if (typeof micros !== 'number' || micros < 0 || typeof id !== 'string' || !isUuid(id)) throw unusableToken();
  return { micros, id };
}

const jsonOf = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));

const shown = (entry: Entry) => ({
  Id: entry.id,
  Time: entry.time,
  Action: entry.action,
  Operation: entry.operation,
  Door: entry.door,
  Permission: entry.permission,
  Actor: { Type: entry.actorType, Id: entry.actorId, Name: entry.actorName ?? undefined },
  Resource: { Type: entry.resourceType, Id: entry.resourceId, Name: entry.resourceName },
  Changes: entry.values.map(({ member, Old, New }) => ({ Member: member, Old: jsonOf(Old), New: jsonOf(New) })),
  UserBatchId: entry.userBatchId ?? undefined,
  RequestId: entry.requestId,
});
