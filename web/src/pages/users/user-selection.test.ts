import { expect, test } from 'vitest';
import { nothing } from '../../components/selection.ts';
import { noFilter } from './user-list-state.ts';
import { toBatchSelection } from './user-selection.ts';

test('everybody is a search, not a list of ids', () => {
  expect(toBatchSelection({ kind: 'ALL', filter: noFilter, count: 1200 })).toEqual({ Search: {} });
  const search = toBatchSelection({ kind: 'ALL', filter: { ...noFilter, routingProfileId: 'r' }, count: 3 });
  expect(search).toMatchObject({ Search: { SearchCriteria: { StringCondition: { Value: 'r' } } } });
  expect(toBatchSelection(nothing)).toEqual({ UserIds: [] });
});
