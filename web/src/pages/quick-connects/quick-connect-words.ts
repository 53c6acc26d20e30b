import type { QuickConnectRow } from '../../api/types.ts';
import { countOf, formatTime, listOf } from '../../components/words.ts';

/** Who deleted the user and when, as far as it is known. */
export function orphanText({ Destination }: QuickConnectRow): string {
  const when = Destination.DeletedTime === undefined ? '' : ` ${formatTime(Destination.DeletedTime)}`;
  const who = Destination.DeletedBy ? ` by ${Destination.DeletedBy}` : '';
  return when === '' && who === '' ? 'Deleted' : `Deleted${when}${who}`;
}

export const destinationName = ({ Destination }: QuickConnectRow): string =>
  Destination.Name || (Destination.Exists ? '–' : (Destination.Id ?? 'Unknown user'));

/** The queues that lose something when these quick connects go. */
export function queuesOf(rows: readonly QuickConnectRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.Queues.map((queue) => queue.Name)))].sort((a, b) => a.localeCompare(b));
}

/** "2 queues lose them: BasicQueue and Sales." */
export function queueLossText(rows: readonly QuickConnectRow[]): string {
  const queues = queuesOf(rows);
  const them = rows.length === 1 ? 'it' : 'them';
  if (queues.length === 0) return `No queue offers ${them}.`;
  return `${countOf(queues.length, 'queue')} ${queues.length === 1 ? 'loses' : 'lose'} ${them}: ${listOf(queues, 5)}.`;
}
