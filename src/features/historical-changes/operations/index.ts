import { downloadHistoricalChanges, listHistoricalChanges } from './read-changes.ts';

export const historicalChangeOperations = [listHistoricalChanges, downloadHistoricalChanges] as const;
