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
import { countDestinations, type DestinationRow, searchDestinations } from '../destination-store.ts';
import { type QuickConnectType, quickConnectTypes } from '../types.ts';

const reference = () => structure({ Id: required(string()), Name: required(string()) });

const destination = structure({
  Type: required(string<QuickConnectType>()),
  Id: string(),
  Name: string(),
  Exists: required(boolean()),
  DeletedTime: timestamp(),
  DeletedBy: string(),
});

const found = structure({
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

/** Where a row leads, with what the audit knows, and the caller may be told, of a user that is gone. */
function destinationOf(row: DestinationRow, deletion: Deletion | undefined) {
  return {
    Type: row.type,
    Id: row.user_id ?? row.queue_id ?? (row.type === 'FLOW' ? (row.contact_flow_id ?? undefined) : undefined),
    Name: row.destination ?? deletion?.resourceName,
    Exists: row.exists,
    DeletedTime: deletion?.time,
    DeletedBy: deletion?.actorName,
  };
}

const show = (instance: Instance, row: DestinationRow, queues: { id: string; name: string }[], gone?: Deletion) => ({
  QuickConnectId: row.id,
  QuickConnectARN: arnOf(instance, 'transfer-destination', row.id),
  Name: row.name,
  Description: row.description ?? undefined,
  QuickConnectType: row.type,
  Destination: destinationOf(row, gone),
  ContactFlow: row.contact_flow_id ? { Id: row.contact_flow_id, Name: row.flow_name ?? undefined } : undefined,
  Queues: queues.map(({ id, name }) => ({ Id: id, Name: name })),
  Orphaned: row.orphaned,
  Tags: row.tags,
  LastModifiedTime: row.last_modified_time,
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
      QuickConnects: required(list(nested(found))),
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
      const [rows, counts] = await Promise.all([
        searchDestinations(db, instance.id, access, filter, page),
        countDestinations(db, instance.id, filter),
      ]);
      const told = namesEverybody(access) ? rows : [];
      const goneUsers = told.flatMap((row) => (row.orphaned && row.user_id ? [row.user_id] : []));
      const [queues, deletions] = await Promise.all([
        queuesOf(
          db,
          access,
          rows.map((row) => row.id),
        ),
        deletionsOf(db, instance.id, goneUsers),
      ]);
      return {
        QuickConnects: rows.map((row) =>
          show(instance, row, queues.get(row.id) ?? [], deletions.get(row.user_id ?? '')),
        ),
        TotalCount: counts.total,
        OrphanedCount: counts.orphaned,
      };
    },
  },
);
