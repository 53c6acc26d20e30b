import { useQuery } from '@tanstack/react-query';
import { deletedAgentsQuery, livingAgentsQuery, type ReportAgent } from '../api/report-agents.ts';
import { selectLoading } from './select-loading.ts';
import { formatTime } from './words.ts';

/** What a select of agents offers, by login: those who are deleted stand in a group of their own. */
export function useAgentOptions(withDeleted: boolean, noMatch = 'No agent matches.') {
  const living = useQuery(livingAgentsQuery);
  const deleted = useQuery({ ...deletedAgentsQuery, enabled: withDeleted });
  const present = (living.data ?? []).map(optionOf);
  const gone = withDeleted ? (deleted.data ?? []).map(optionOf) : [];
  const groups = [
    { label: 'Agents', options: present },
    { label: 'Deleted agents', options: gone },
  ].filter(({ options }) => options.length > 0);
  const goneIds = new Set(gone.map(({ value }) => value));
  const known = new Map([...present, ...gone].map((option) => [option.value, option]));
  return {
    /** Of an id that is chosen; undefined where there is none such, or while it is not known. */
    optionOf: (id: string) => known.get(id),
    /** Of an id that is chosen: its login says so where nothing else does. */
    isDeleted: (id: string) => goneIds.has(id),
    isKnown: Boolean(living.data && (!withDeleted || deleted.data)),
    select: {
      options: gone.length > 0 ? groups : present,
      filteringType: 'auto',
      filteringAriaLabel: 'Find an agent',
      filteringPlaceholder: 'Find a login',
      ...selectLoading(withDeleted ? [living, deleted] : [living], 'Loading the agents'),
      empty: 'There are no agents.',
      noMatch,
      virtualScroll: true,
    },
  } as const;
}

const optionOf = ({ Id, Username, DeletedTime }: ReportAgent) => ({
  value: Id,
  label: Username,
  ...(DeletedTime !== undefined && { description: `Deleted ${formatTime(DeletedTime)}` }),
});
