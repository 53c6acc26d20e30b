/**
 * What of a report's address counts, as text. What the texts mean is read on the page (report-settings.ts): every page's first
 * load has this file, and not the catalogue of metrics.
 */
export const reportParameters = [
  'interval',
  'range',
  'zone',
  'groups',
  'agents',
  'queues',
  'profiles',
  'hierarchy',
  'channels',
  'phones',
  'metrics',
  'sort',
  'view',
  'chart',
] as const;

export type ReportSearch = { readonly [Name in (typeof reportParameters)[number]]?: string };

/** A hundred ids, and all metrics. */
const longest = 5000;

export function reportSearch(given: Readonly<Record<string, unknown>>): ReportSearch {
  const search: { -readonly [Name in keyof ReportSearch]: ReportSearch[Name] } = {};
  for (const name of reportParameters) {
    const text = given[name];
    if (typeof text === 'string' && text !== '') search[name] = text.slice(0, longest);
  }
  return search;
}
