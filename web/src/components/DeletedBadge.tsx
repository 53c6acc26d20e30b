import Badge from '@cloudscape-design/components/badge';
import { formatTime } from './words.ts';

interface DeletedBadgeProps {
  readonly time: number | undefined;
  /** Whoever may know it. */
  readonly by: string | undefined;
}

/** Beside the login of who has been deleted since. */
export function DeletedBadge({ time, by }: DeletedBadgeProps) {
  const when = time === undefined ? undefined : `Deleted ${formatTime(time)}${by === undefined ? '' : ` by ${by}`}`;
  return (
    <span title={when}>
      <Badge>deleted</Badge>
    </span>
  );
}
