import { namesEverybody } from '../../../access/shown-names.ts';
import { type Deletion, deletionsOf } from '../../../audit/store.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, items, length, oneOf, range } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import type { Instance } from '../../../operations/instance.ts';
import {
  boolean,
  integer,
  label,
  list,
  map,
  nested,
  required,
  string,
  structure,
  timestamp,
} from '../../../operations/shapes.ts';
import { queuesOf } from '../association-store.ts';
import { countDestinations, type FoundDestination, searchDestinations } from '../destination-store.ts';
import { type QuickConnectType, quickConnectTypes, type Target } from '../types.ts';

const reference = () => structure({ Id: required(string()), Name: required(string()) });

const destination = structure({
  Type: required(string<QuickConnectType>()),
  Id: string(),
  Name: string(),
  Exists: required(boolean()),
  DeletedTime: timestamp(),
  DeletedBy: string(),
});

const foundShape = structure({
  QuickConnectId: required(string()),
  QuickConnectARN: required(string()),
  Name: required(string()),
  Description: string(),
  QuickConnectType: required(string<QuickConnectType>()),
  Destination: required(nested(destination)),
  ContactFlow: nested(structure({ Id: required(string()), Name: string() })),
  Queues: required(list(nested(reference()))),
  Orphaned: required(boolean()),
  Tags: required(map(string())),
  LastModifiedTime: required(timestamp()),
});

/** The id of what a quick connect leads to; a number has none. */
function idOf(target: Target): string | undefined {
  switch (target.type) {
    case 'USER':
      return target.userId;
    case 'QUEUE':
      return target.queueId;
    case 'FLOW':
      return target.contactFlowId;
    case 'PHONE_NUMBER':
      return undefined;
  }
}

/** Where it leads, with what the audit knows, and the caller may be told, of a user that is gone. */
function destinationOf({ target, destination, exists }: FoundDestination, deletion: Deletion | undefined) {
  return {
    Type: target.type,
    Id: idOf(target),
    Name: destination ?? deletion?.resourceName,
    Exists: exists,
    DeletedTime: deletion?.time,
    DeletedBy: deletion?.actorName,
  };
}

const show = (
  instance: Instance,
  found: FoundDestination,
  queues: { id: string; name: string }[],
  gone?: Deletion,
) => ({
  QuickConnectId: found.id,
  QuickConnectARN: arnOf(instance, 'transfer-destination', found.id),
  Name: found.name,
  Description: found.description ?? undefined,
  QuickConnectType: found.target.type,
  Destination: destinationOf(found, gone),
  ContactFlow:
    found.target.type === 'PHONE_NUMBER'
      ? undefined
      : { Id: found.target.contactFlowId, Name: found.flowName ?? undefined },
  Queues: queues.map(({ id, name }) => ({ Id: id, Name: name })),
  Orphaned: found.orphaned,
  Tags: found.tags,
  LastModifiedTime: found.lastModifiedTime,
});

/** The website's list of quick connects. OrphanedCount counts what matches but for the filter on orphans itself. */
export const searchQuickConnectDestinations = defineExtensionRead(
  'SearchQuickConnectDestinations',
  {
    method: 'POST',
    uri: '/quick-connect-destinations/{InstanceId}',
    summary:
      'Quick connects with what they lead to, the queues that offer them, and whether their user is gone. Names that the caller may not see are left out, and so are such queues.',
    input: structure({
      InstanceId: label(),
      NameContains: string(),
      QuickConnectTypes: list(string<QuickConnectType>()),
      Orphaned: boolean(),
      UserIds: list(string()),
      SortBy: string<'Name' | 'QuickConnectType' | 'Destination'>(),
      SortOrder: string<'ASCENDING' | 'DESCENDING'>(),
      StartIndex: integer(),
      MaxResults: integer(),
    }),
    output: structure({
      QuickConnects: required(list(nested(foundShape))),
      TotalCount: required(integer()),
      OrphanedCount: required(integer()),
    }),
  },
  {
    permission: ['TransferDestinations.View', 'TransferDestinations.Edit'],
    constraints: {
      ...instanceId,
      NameContains: length(0, 127),
      QuickConnectTypes: items(0, quickConnectTypes.length),
      'QuickConnectTypes[]': oneOf(...quickConnectTypes),
      UserIds: items(1, 500),
      SortBy: oneOf('Name', 'QuickConnectType', 'Destination'),
      SortOrder: oneOf('ASCENDING', 'DESCENDING'),
      StartIndex: range(0, 1_000_000),
      MaxResults: range(1, 500),
    },
    handler: async ({ db, instance, access }, input) => {
      const filter = {
        nameContains: input.NameContains,
        types: input.QuickConnectTypes,
        orphaned: input.Orphaned,
        userIds: input.UserIds,
      };
      const page = {
        sortBy: input.SortBy ?? 'Name',
        descending: input.SortOrder === 'DESCENDING',
        start: input.StartIndex ?? 0,
        size: input.MaxResults ?? 100,
      };
      const [found, counts] = await Promise.all([
        searchDestinations(db, instance.id, access, filter, page),
        countDestinations(db, instance.id, filter),
      ]);
      const told = namesEverybody(access) ? found : [];
      const goneUsers = told.flatMap(({ orphaned, target }) => (orphaned && idOf(target)) || []);
      const [queues, deletions] = await Promise.all([
        queuesOf(
          db,
          access,
          found.map(({ id }) => id),
        ),
        deletionsOf(db, instance.id, goneUsers),
      ]);
      return {
        QuickConnects: found.map((one) =>
          show(instance, one, queues.get(one.id) ?? [], deletions.get(idOf(one.target) ?? '')),
        ),
        TotalCount: counts.total,
        OrphanedCount: counts.orphaned,
      };
    },
  },
);
