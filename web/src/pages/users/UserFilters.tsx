import { securityProfilesQuery } from '../../api/directory.ts';
import { DirectoryFilter } from '../../components/DirectoryFilter.tsx';
import { DirectorySelect } from '../../components/DirectorySelect.tsx';
import { HierarchyFilter } from '../../components/HierarchyFilter.tsx';
import { ListFilters } from '../../components/ListFilters.tsx';
import { TagSelect } from './TagSelect.tsx';
import type { UserListState } from './user-list.tsx';
import { searchLength } from './user-list-state.ts';

export function UserFilters({ list }: { readonly list: UserListState }) {
  const { filter, changeFilter } = list;
  return (
    <ListFilters
      list={list}
      search={{
        find: 'Find by login or name',
        findLabel: 'Find users by login or name',
        longest: searchLength.max,
        shortest: searchLength.min,
      }}
    >
      <DirectoryFilter
        of="routingProfile"
        value={filter.routingProfileId}
        onChange={(routingProfileId) => changeFilter({ routingProfileId })}
      />
      <DirectorySelect
        inlineLabel="Security profile"
        query={securityProfilesQuery}
        none="Any"
        value={filter.securityProfileId}
        onChange={(securityProfileId) => changeFilter({ securityProfileId })}
      />
      <HierarchyFilter
        value={filter.hierarchyGroupId}
        onChange={(hierarchyGroupId) => changeFilter({ hierarchyGroupId })}
      />
      <TagSelect value={filter.tag} onChange={(tag) => changeFilter({ tag })} />
    </ListFilters>
  );
}
