import type { SavedReport, SavedReportRow } from '../../api/saved-reports.ts';
import { useSession } from '../../api/session.ts';
import { DeletedBadge } from '../../components/DeletedBadge.tsx';
import { countOf } from '../../components/words.ts';

/** A login, "you", or what is known where the name may not be told. */
export function OwnerText({ owner }: { readonly owner: SavedReportRow['Owner'] }) {
  const { User } = useSession();
  if (owner.Type === 'USER' && owner.Id === User.Id) return `${User.Username} (you)`;
  const name = owner.Name ?? (owner.Type === 'USER' ? 'A user' : 'An access key');
  return owner.Exists ? (
    name
  ) : (
    <>
      {name} <DeletedBadge time={undefined} by={undefined} />
    </>
  );
}

const goneWords: Readonly<Record<string, string>> = {
  AGENT: 'agent',
  QUEUE: 'queue',
  ROUTING_PROFILE: 'routing profile',
};

/** What a report names that is not there any more: of agents one hears of it in the filter as well. */
export function goneText(gone: SavedReport['GoneFilterValues']): string {
  const counts = new Map<string, number>();
  for (const { FilterKey } of gone) {
    const word = goneWords[FilterKey] ?? 'hierarchy group';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].map(([word, count]) => countOf(count, word)).join(', ');
  return `The filters name what is not there any more: ${words}. What happened while ${gone.length === 1 ? 'it was' : 'they were'} there is in the report.`;
}
