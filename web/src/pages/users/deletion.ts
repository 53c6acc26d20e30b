import type { DeletionPreview } from '../../api/types.ts';
import { countOf, formatNumber, listOf } from '../../components/words.ts';

type Summary = DeletionPreview['Summary'];

/** Above this the number has to be typed. */
export const typedAbove = 25;

/** Digits are what counts: "1,200" and "1 200" are 1200. */
export function isTypedNumber(text: string, count: number): boolean {
  return text.replaceAll(/[\s,.'’]/g, '') === String(count);
}

/**
 * Why the deletion cannot be confirmed; null when it can. Records that will fail do not hinder the others.
 * @param looked whether somebody has said that the logins in another case are those that are meant
 */
export function confirmRefusal(summary: Summary, typed: string, looked: boolean): string | null {
  if (summary.RequestedCount === 0) return 'Nobody is selected any more.';
  if (summary.SelfSelected && summary.RequestedCount === 1) return 'You cannot delete yourself.';
  if (summary.DeletableCount > typedAbove && !isTypedNumber(typed, summary.DeletableCount)) {
    return `Type ${formatNumber(summary.DeletableCount)} above to confirm.`;
  }
  if (summary.CaseDiffersCount > 0 && !looked) return 'Say above that the logins in another case are meant.';
  return null;
}

/** "Delete 25 users", "Delete 24 of 25 users": what the button does, in numbers. */
export function deleteText({ DeletableCount, RequestedCount }: Summary): string {
  const some = DeletableCount < RequestedCount ? `${formatNumber(DeletableCount)} of ` : '';
  return `Delete ${some}${countOf(RequestedCount, 'user')}`;
}

/** What a deletion takes and what it leaves. */
export const aftermath = (count: number | undefined): string =>
  count === 1
    ? 'The user can no longer sign in, and the user’s agent settings are gone. Contact records, recordings and reports stay as they are, with the user’s name. The Agent activity audit no longer offers the user, except to who may include deleted agents.'
    : 'The users can no longer sign in, and their agent settings are gone. Contact records, recordings and reports stay as they are, with their names. The Agent activity audit no longer offers them, except to who may include deleted agents.';

/** "24 of 25 users will be deleted": what comes of the ones that will fail. */
export function deletableText({ DeletableCount, RequestedCount }: Summary): string {
  return `${formatNumber(DeletableCount)} of ${countOf(RequestedCount, 'user')} will be deleted`;
}

/** What will not be deleted, and why; one sentence each. */
export function refusals(summary: Summary): string[] {
  const said: string[] = [];
  if (summary.SelfSelected) said.push('You are among them. You cannot delete yourself; ask another administrator.');
  if (summary.LastAdministratorSelected) {
    said.push('The last user who can administer users or security profiles is among them, and will be kept.');
  }
  if (summary.AlreadyGoneCount > 0) {
    const gone = countOf(summary.AlreadyGoneCount, 'user');
    said.push(
      `${gone} ${summary.AlreadyGoneCount === 1 ? 'is' : 'are'} gone already, and will be reported as not deleted.`,
    );
  }
  const { DuplicateCount: twice } = summary;
  if (twice > 0) {
    said.push(
      `${entries(twice)} ${twice === 1 ? 'names' : 'name'} somebody whom another entry names too, and ${twice === 1 ? 'counts' : 'count'} once.`,
    );
  }
  const { NeverExistedCount: never, UnreadableCount: unreadable, AmbiguousCount: ambiguous } = summary;
  if (never > 0) {
    said.push(`${entries(never)} ${never === 1 ? 'names' : 'name'} nobody who is or was here. Look for typing errors.`);
  }
  if (unreadable > 0) {
    said.push(`${entries(unreadable)} cannot be read as what the list should have.`);
  }
  if (ambiguous > 0) {
    said.push(`${entries(ambiguous)} ${ambiguous === 1 ? 'fits' : 'fit'} several users, none of whom will be deleted.`);
  }
  const told =
    summary.DeletableCount + summary.RefusedCount + summary.AlreadyGoneCount + never + unreadable + ambiguous;
  if (summary.RequestedCount > told) {
    const rest = summary.RequestedCount - told;
    said.push(`${entries(rest)} ${rest === 1 ? 'names' : 'name'} nobody whom you reach.`);
  }
  return said;
}

const entries = (count: number): string => countOf(count, 'entry', 'entries');

/** The queues of the quick connects: "They are offered in the queues A, B and 3 more." */
export function queuesText(preview: Pick<DeletionPreview, 'Summary' | 'Queues'>): string {
  const { QueueCount } = preview.Summary;
  if (QueueCount === 0) return 'No queue offers them.';
  const names = preview.Queues.slice(0, 3).map((queue) => queue.Name);
  if (names.length === 0) return `Agents of ${countOf(QueueCount, 'queue')} see them.`;
  const rest = QueueCount - names.length;
  const list = rest > 0 ? `${names.join(', ')} and ${formatNumber(rest)} more` : listOf(names);
  return `Agents of the ${QueueCount === 1 ? 'queue' : 'queues'} ${list} see them.`;
}
