import { instanceId } from '../../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../../operations/define-operation.ts';
import { label, list, nested, required, string, structure } from '../../../../operations/shapes.ts';
import { listTagKeys as listTagKeyRows } from '../../store.ts';
import { usersWithin } from '../condition.ts';

/** What the website's filter by tag offers. */
export const listTagKeys = defineExtensionRead(
  'ListTagKeys',
  {
    method: 'GET',
    uri: '/user-tag-keys/{InstanceId}',
    summary: 'The keys of the tags of all users, each with up to 100 of its values.',
    input: structure({ InstanceId: label() }),
    output: structure({
      Tags: required(list(nested(structure({ Key: required(string()), Values: required(list(string())) })))),
    }),
  },
  {
    permission: 'Users.View',
    constraints: instanceId,
    handler: async ({ db, instance, access }) => ({ Tags: await listTagKeyRows(db, usersWithin(instance, access)) }),
  },
);
