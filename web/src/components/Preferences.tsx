import Button from '@cloudscape-design/components/button';
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { lazy, Suspense } from 'react';
import type { ColumnChoice, TablePreferences } from './table-preferences.ts';

// Comes after the rows: its dragging of columns is 30 KB that few ever use.
const CollectionPreferences = lazy(() => import('@cloudscape-design/components/collection-preferences'));

interface PreferencesProps {
  readonly preferences: TablePreferences;
  readonly columns: readonly ColumnChoice[];
  readonly sizes: readonly number[];
  /** "users": what a page is a number of. */
  readonly noun: string;
  readonly onConfirm: (next: CollectionPreferencesProps.Preferences) => void;
}

/** The gear of a table. */
export function Preferences({ preferences, columns, sizes, noun, onConfirm }: PreferencesProps) {
  return (
    <Suspense fallback={<Button variant="icon" iconName="settings" ariaLabel="Preferences" disabled />}>
      <CollectionPreferences
        title="Preferences"
        confirmLabel="Confirm"
        cancelLabel="Cancel"
        preferences={preferences}
        onConfirm={({ detail }) => onConfirm(detail)}
        pageSizePreference={{
          title: 'Page size',
          options: sizes.map((value) => ({ value, label: `${value} ${noun}` })),
        }}
        wrapLinesPreference={{ label: 'Wrap lines', description: 'Show the whole text of each cell.' }}
        contentDisplayPreference={{
          title: 'Columns',
          description: 'Choose which columns are shown, and in which order.',
          options: columns.map(({ id, label, alwaysVisible }) => ({
            id,
            label,
            ...(alwaysVisible && { alwaysVisible }),
          })),
        }}
      />
    </Suspense>
  );
}
