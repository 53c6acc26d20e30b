import { choiceFilter, flagFilter, listSearch, textFilter } from '../../components/list-state.ts';

export const savedReportTypes = {
  AGENT_PERFORMANCE: 'Agent performance',
  CONTACT_METRICS: 'Contact metrics',
  AGENT_METRICS: 'Agent metrics',
} as const;

export const savedReportStatuses = { PRIVATE: 'Private', SHARED: 'Shared by link', PUBLISHED: 'Published' } as const;

export const savedReportSorts = ['Name', 'Type', 'Status', 'LastModifiedTime'] as const;
export type SavedReportSort = (typeof savedReportSorts)[number];

/** What the address of Saved reports says. */
export const savedReportListShape = {
  sizes: [10, 25, 50, 100],
  sorts: savedReportSorts,
  filters: {
    q: textFilter('q', 127),
    /** Everybody's, for administrators. */
    all: flagFilter('all'),
    type: choiceFilter('type', savedReportTypes),
    status: choiceFilter('status', savedReportStatuses),
    /** A user's id; empty: anybody's. */
    owner: textFilter('owner', 36),
  },
} as const;

export const savedReportSearch = listSearch(savedReportListShape);
