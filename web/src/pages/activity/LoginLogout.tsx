import { getRouteApi } from '@tanstack/react-router';
import { downloadLoginLogoutReport } from '../../api/activity-reports.ts';
import { AgentsSelect } from '../../components/AgentsSelect.tsx';
import { DirectoriesFilter } from '../../components/DirectoriesFilter.tsx';
import { ExportButton } from '../../components/ExportButton.tsx';
import { HierarchyGroupsFilter } from '../../components/HierarchyGroupsFilter.tsx';
import { ListFilters } from '../../components/ListFilters.tsx';
import { ResourceList } from '../../components/ResourceList.tsx';
import { TimeRangePicker } from '../../components/TimeRangePicker.tsx';
import { TimeZoneSelect } from '../../components/TimeZoneSelect.tsx';
import { rangeText } from '../../components/time-range.ts';
import { ownZone } from '../../components/time-zone.ts';
import { useResourceList } from '../../components/use-resource-list.ts';
import { type LoginListState, loginList } from './login-list.tsx';
import { longestLoginHours, mostLoginValues, toLoginRequest } from './login-list-state.ts';

const place = getRouteApi('/console/login-logout');

/** Analytics and optimization > Login/Logout report: everybody's sessions, of agent events and of this website. */
export function LoginLogout() {
  const list = useResourceList(loginList, place);
  return (
    <ResourceList
      list={list}
      title="Login/Logout report"
      description="A session without a logout has not ended, or its end is not known."
      actions={
        <ExportButton
          list={list}
          file={(_, state, signal) => downloadLoginLogoutReport(toLoginRequest(state, new Date(), ownZone()), signal)}
        />
      }
      filters={<LoginFilterFields list={list} />}
      empty={{ title: 'No sessions', text: 'Nobody has logged in or out in this time range. Choose another above.' }}
      noMatch={{
        title: 'No session matches',
        text: `None ${rangeText(list.filter.range)} does. Choose a longer time range, or change or clear the filters above.`,
      }}
    />
  );
}

const last = [
  { kind: 'LAST', amount: 24, unit: 'hour' },
  { kind: 'LAST', amount: 3, unit: 'day' },
  { kind: 'LAST', amount: 7, unit: 'day' },
] as const;

function LoginFilterFields({ list }: { readonly list: LoginListState }) {
  const { filter, changeFilter } = list;
  return (
    <ListFilters
      list={list}
      first={{
        names: ['range', 'zone'],
        fields: (
          <>
            <TimeRangePicker
              label="Time range"
              value={filter.range}
              onChange={(range) => changeFilter({ range })}
              last={last}
              mostHours={longestLoginHours}
              most="7 days"
            />
            <TimeZoneSelect
              inlineLabel="Time zone"
              value={filter.zone || ownZone()}
              onChange={(zone) => changeFilter({ zone })}
            />
          </>
        ),
      }}
    >
      <div className="filter-wide">
        <AgentsSelect
          value={filter.agentIds}
          most={mostLoginValues}
          onChange={(agentIds) => changeFilter({ agentIds })}
        />
      </div>
      <DirectoriesFilter
        of="routingProfile"
        value={filter.routingProfileIds}
        onChange={(routingProfileIds) => changeFilter({ routingProfileIds })}
      />
      <HierarchyGroupsFilter
        value={filter.hierarchyGroupIds}
        most={mostLoginValues}
        onChange={(hierarchyGroupIds) => changeFilter({ hierarchyGroupIds })}
      />
    </ListFilters>
  );
}
