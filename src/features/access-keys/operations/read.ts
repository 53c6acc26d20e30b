import { defineExtensionRead } from '../../../operations/define-operation.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../operations/paging.ts';
import { integer, list, query, string, structure } from '../../../operations/shapes.ts';
import { accessKeyMember, describeAccessKey, pageConstraint } from '../shapes.ts';
import { listAccessKeys } from '../store.ts';

export const listKeys = defineExtensionRead(
  'ListAccessKeys',
  {
    method: 'GET',
    uri: '/access-keys',
    summary: 'The access keys that were made with CreateAccessKey, oldest first, with their last use. Never a secret.',
    input: structure({ MaxResults: query('maxResults', integer()), NextToken: query('nextToken', string()) }),
    output: structure({ AccessKeys: list(accessKeyMember), NextToken: string() }),
  },
  {
    permission: 'ACCESS_KEY_ONLY',
    constraints: pageConstraint,
    async handler({ db }, { MaxResults: size = 100, NextToken }) {
      const page = pageOfRows(await listAccessKeys(db, startOf(NextToken), size + 1), size, 'access-keys', (row) => [
        row.createdTime.getTime(),
        row.id,
      ]);
      return { AccessKeys: page.rows.map(describeAccessKey), NextToken: page.nextToken };
    },
  },
);

/** @throws InvalidParameterException for a token that no page of this list gave */
function startOf(token: string | undefined): { createdTime: Date; id: string } | null {
  const key = decodeToken('access-keys', token, 2);
  if (!key) return null;
  const [time, id] = key;
  const createdTime = new Date(typeof time === 'number' ? time : Number.NaN);
  if (Number.isNaN(createdTime.getTime()) || typeof id !== 'string') throw unusableToken();
  return { createdTime, id };
}
