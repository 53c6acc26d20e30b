import { useMay } from '../../api/session.ts';
import { AgentsSelect } from '../../components/AgentsSelect.tsx';
import { channels } from '../../components/channels.ts';
import { DirectoriesFilter } from '../../components/DirectoriesFilter.tsx';
import { HierarchyGroupsFilter } from '../../components/HierarchyGroupsFilter.tsx';
import { ListFilters } from '../../components/ListFilters.tsx';
import { TextInput } from '../../components/TextInput.tsx';
import { TimeRangePicker } from '../../components/TimeRangePicker.tsx';
import { WordSelect } from '../../components/WordSelect.tsx';
import type { ContactListState } from './contact-list.tsx';
import {
  initiationMethods,
  longestHours,
  mostAgents,
  mostGroups,
  recordedKinds,
  timeTypes,
} from './contact-list-state.ts';

const last = [
  { kind: 'LAST', amount: 24, unit: 'hour' },
  { kind: 'LAST', amount: 7, unit: 'day' },
  { kind: 'LAST', amount: 14, unit: 'day' },
  { kind: 'LAST', amount: 8, unit: 'week' },
] as const;

/** Whoever has none of these is told of no recording. */
const listening = [
  'CallRecordings.Unredacted.Access',
  'CallRecordings.Redacted.Access',
  'ContactTranscripts.Unredacted.Access',
  'ContactTranscripts.Redacted.Access',
  'ListenCallRecordings',
] as const;

export function ContactFilters({ list }: { readonly list: ContactListState }) {
  const { filter, changeFilter } = list;
  const may = useMay();
  const mayListen = listening.some((permission) => may(permission));
  return (
    <ListFilters
      list={list}
      search={{
        find: 'Find by contact ID',
        findLabel: 'Find a contact by its ID, whatever else is chosen',
        longest: 36,
      }}
      first={{
        names: ['type', 'range'],
        fields: (
          <>
            <WordSelect
              label="Timestamp type"
              words={timeTypes}
              value={filter.type ?? 'INITIATION_TIMESTAMP'}
              onChange={(type) => {
                const sort = type ?? 'INITIATION_TIMESTAMP';
                const usual = sort === 'INITIATION_TIMESTAMP' ? null : sort;
                changeFilter({ type: usual }, { order: { sort, descending: true } });
              }}
            />
            <TimeRangePicker
              label="Time range"
              value={filter.range}
              onChange={(range) => changeFilter({ range })}
              last={last}
              mostHours={longestHours}
              most="8 weeks"
            />
          </>
        ),
      }}
      more={{
        names: [
          'hierarchyGroupIds',
          'routingProfileIds',
          'channel',
          'method',
          'recorded',
          'address',
          'attributes',
          'tags',
        ],
        fields: (
          <>
            <HierarchyGroupsFilter
              value={filter.hierarchyGroupIds}
              most={mostGroups}
              onChange={(hierarchyGroupIds) => changeFilter({ hierarchyGroupIds })}
            />
            <DirectoriesFilter
              of="routingProfile"
              value={filter.routingProfileIds}
              onChange={(routingProfileIds) => changeFilter({ routingProfileIds })}
            />
            <WordSelect
              label="Channel"
              any
              words={channels}
              value={filter.channel}
              onChange={(channel) => changeFilter({ channel })}
            />
            <WordSelect
              label="Initiation method"
              any
              words={initiationMethods}
              value={filter.method}
              onChange={(method) => changeFilter({ method })}
            />
            {mayListen && (
              <WordSelect
                label="Recording"
                any
                words={recordedKinds}
                value={filter.recorded}
                onChange={(recorded) => changeFilter({ recorded })}
              />
            )}
            <div className="filter-wide">
              <TextInput
                label="Phone number or email"
                placeholder="How it begins, as in +1206"
                value={filter.address}
                onChange={(address) => changeFilter({ address })}
              />
            </div>
            {may('ContactAttributes.View') && (
              <TextInput
                label="Contact attributes"
                placeholder="Language=de; Tier"
                value={filter.attributes}
                onChange={(attributes) => changeFilter({ attributes })}
              />
            )}
            <TextInput
              label="Tags"
              placeholder="Team=Blue; Case"
              value={filter.tags}
              onChange={(tags) => changeFilter({ tags })}
            />
          </>
        ),
      }}
    >
      {may('ContactSearch.View') && (
        <div className="filter-wide">
          <AgentsSelect value={filter.agentIds} most={mostAgents} onChange={(agentIds) => changeFilter({ agentIds })} />
        </div>
      )}
      <DirectoriesFilter of="queue" value={filter.queueIds} onChange={(queueIds) => changeFilter({ queueIds })} />
    </ListFilters>
  );
}
