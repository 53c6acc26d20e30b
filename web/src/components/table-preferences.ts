import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { useState } from 'react';
import { useSession } from '../api/session.ts';
import { recall, remember } from './storage.ts';

export interface ColumnChoice {
  readonly id: string;
  readonly label: string;
  readonly alwaysVisible?: boolean;
  /** Shown unless the user chooses otherwise. */
  readonly visible: boolean;
}

export interface TablePreferences {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  /** Every column once, in the order of the table. */
  readonly contentDisplay: readonly { readonly id: string; readonly visible: boolean }[];
}

/** What was remembered, made fit for the columns of today: unknown ones go, new ones come at the end. */
export function readPreferences(
  stored: unknown,
  columns: readonly ColumnChoice[],
  sizes: readonly number[],
  defaults: Pick<TablePreferences, 'pageSize' | 'wrapLines'>,
): TablePreferences {
  const from: Record<string, unknown> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const known = new Map(columns.map((column) => [column.id, column]));
  const display: { id: string; visible: boolean }[] = [];
  for (const item of Array.isArray(from.contentDisplay) ? from.contentDisplay : []) {
    const column = typeof item?.id === 'string' ? known.get(item.id) : undefined;
    if (!column) continue;
    known.delete(column.id);
    display.push({ id: column.id, visible: column.alwaysVisible === true || item.visible === true });
  }
  for (const { id, visible } of known.values()) display.push({ id, visible });
  return {
    pageSize: sizes.find((size) => size === from.pageSize) ?? defaults.pageSize,
    wrapLines: typeof from.wrapLines === 'boolean' ? from.wrapLines : defaults.wrapLines,
    contentDisplay: display,
  };
}

/** Columns, page size and line wrapping of a table, remembered in this browser for the signed-in user. */
export function useTablePreferences(
  key: string,
  columns: readonly ColumnChoice[],
  sizes: readonly number[],
  wrapLines = false,
): [TablePreferences, (next: CollectionPreferencesProps.Preferences) => TablePreferences] {
  const defaults = { pageSize: 25, wrapLines };
  const place = `table.${useSession().User.Id}.${key}`;
  const [preferences, setPreferences] = useState(() => readPreferences(recall(place), columns, sizes, defaults));
  return [
    preferences,
    (next) => {
      const clean = readPreferences(next, columns, sizes, defaults);
      remember(place, clean);
      setPreferences(clean);
      return clean;
    },
  ];
}
