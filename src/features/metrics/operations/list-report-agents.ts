import { isUuid } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
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
  timestamp,
} from '../../../operations/shapes.ts';
import { deletionMarks } from '../../contacts/agents-today.ts';
import { goneAgents, listsAgents, livingAgents } from '../report-agents-store.ts';

export const listReportAgents = defineExtensionRead(
  'ListReportAgents',
  {
    method: 'GET',
    uri: '/report-agents/{InstanceId}',
    summary:
      'Agents that a report can be filtered by, in the order of logins: the users whom the caller may be told of, or with `deleted=true` those who are none' +
      ' any more but are in the history, with the names that they had last. DeletedTime is left out of those who never were' +
      ' users of this instance.',
    input: structure({
      InstanceId: label(),
      Deleted: query('deleted', boolean()),
      MaxResults: query('maxResults', integer()),
      NextToken: query('nextToken', string()),
    }),
    output: structure({
      Agents: required(
        list(
          nested(
            structure({
              Id: required(string()),
              Username: required(string()),
              FirstName: string(),
              LastName: string(),
              DeletedTime: timestamp(),
              /** Where the caller may be told. */
              DeletedBy: string(),
            }),
          ),
        ),
      ),
      NextToken: string(),
    }),
  },
  {
    permission: listsAgents,
    constraints: { ...instanceId, ...pageOf(1000), NextToken: length(1, 2500) },
    handler: async (context, { Deleted: deleted = false, MaxResults: size = 100, NextToken: token }) => {
      const kind = `report-agents ${deleted}`;
      const found = await (deleted ? goneAgents : livingAgents)(context, placeIn(kind, token), size + 1);
      const { rows, nextToken } = pageOfRows(found, size, kind, ({ username, id }) => [username, id]);
      const deletionOf = await deletionMarks(
        context,
        rows.map(({ id }) => id),
      );
      return {
        Agents: rows.map(({ id, username, firstName, lastName }) => ({
          Id: id,
          Username: username,
          FirstName: firstName ?? undefined,
          LastName: lastName ?? undefined,
          DeletedTime: deletionOf(id)?.time,
          DeletedBy: deletionOf(id)?.by,
        })),
        NextToken: nextToken,
      };
    },
  },
);

function placeIn(kind: string, token: string | undefined) {
  const key = decodeToken(kind, token, 2);
  if (!key) return null;
  const [username, id] = key;
  if (typeof username !== 'string' || typeof id !== 'string' || !isUuid(id)) throw unusableToken();
  return { username, id };
}
