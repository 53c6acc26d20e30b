import { instanceId, length, pageOf } from '../../../../operations/constraints.ts';
import { defineRead } from '../../../../operations/define-operation.ts';
import { notFound } from '../../../../operations/errors.ts';
import { decodeToken, pageOfRows, unusableToken } from '../../../../operations/paging.ts';
import { shownProficiency } from '../rules.ts';
import { type Proficiency, proficienciesModifiedTime, proficienciesOf } from '../store.ts';

const token = 'user-proficiencies';

const sortKey = ({ attributeName, value }: Pick<Proficiency, 'attributeName' | 'value'>) => [attributeName, value];

/** In the order of names and then of values, by their code units, so that a page token means the same tomorrow. */
function compare(one: readonly unknown[], other: readonly unknown[]): number {
  const [a, b] = [String(one[0]), String(other[0])];
  if (a === b) return String(one[1]) < String(other[1]) ? -1 : Number(one[1] !== other[1]);
  return a < b ? -1 : 1;
}

export const listUserProficiencies = defineRead('ListUserProficiencies', {
  permission: ['Users.View', 'Users.Edit'],
  constraints: { ...instanceId, UserId: length(1, 256), ...pageOf(100) },
  handler: async ({ db, instance }, input) => {
    const id = input.UserId;
    const after = decodeToken(token, input.NextToken, 2);
    if (after?.some((part) => typeof part !== 'string')) throw unusableToken();
    const modifiedTime = await proficienciesModifiedTime(db, instance.id, id);
    if (modifiedTime === undefined) throw notFound('agent', id);
    // Ten at most, so they are sorted and cut here.
    const sorted = (await proficienciesOf(db, id)).toSorted((a, b) => compare(sortKey(a), sortKey(b)));
    const behind = after ? sorted.filter((one) => compare(sortKey(one), after) > 0) : sorted;
    const { rows, nextToken } = pageOfRows(behind, input.MaxResults ?? 100, token, sortKey);
    return {
      UserProficiencyList: rows.map(shownProficiency),
      NextToken: nextToken,
      LastModifiedTime: modifiedTime ?? undefined,
      LastModifiedRegion: modifiedTime ? instance.region : undefined,
    };
  },
});
