import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import { FloatingLabel } from './FloatingLabel.tsx';
import { isLongerThan, momentsOf, spanHours, type TimeRange } from './time-range.ts';
import { countOf } from './words.ts';

interface TimeRangePickerProps {
  readonly label: string;
  readonly value: TimeRange;
  readonly onChange: (range: TimeRange) => void;
  /** Offered at once; any other can be entered. */
  readonly last: readonly Extract<TimeRange, { readonly kind: 'LAST' }>[];
  readonly mostHours: number;
  /** "8 weeks". */
  readonly most: string;
}

/** A time range in the reader's own time zone. */
export function TimeRangePicker({ label, value, onChange, last, mostHours, most }: TimeRangePickerProps) {
  return (
    <div className="filter-range">
      <FloatingLabel label={label}>
        <DateRangePicker
          value={toPicker(value)}
          relativeOptions={last.map(relative)}
          onChange={({ detail }) => {
            const range = detail.value && fromPicker(detail.value);
            if (range) onChange(range);
          }}
          isValidRange={(given) => validity(given, mostHours, most)}
          customRelativeRangeUnits={['hour', 'day', 'week']}
          absoluteFormat="long-localized"
          hideTimeOffset
          timeInputFormat="hh:mm"
          showClearButton={false}
          expandToViewport
          placeholder={label}
          ariaLabel={label}
          i18nStrings={{
            ariaLabel: label,
            formatRelativeRange: ({ amount, unit }) => `Last ${amount === 1 ? unit : countOf(amount, unit)}`,
            formatUnit: (unit, amount) => (amount === 1 ? unit : `${unit}s`),
          }}
        />
      </FloatingLabel>
    </div>
  );
}

const relative = ({ amount, unit }: Extract<TimeRange, { readonly kind: 'LAST' }>) =>
  ({ type: 'relative', amount, unit, key: `${amount}${unit}` }) as const;

function toPicker(range: TimeRange): DateRangePickerProps.Value {
  if (range.kind === 'LAST') return relative(range);
  const { start, end } = momentsOf(range, new Date());
  return { type: 'absolute', startDate: start.toISOString(), endDate: end.toISOString() };
}

function fromPicker(value: DateRangePickerProps.Value): TimeRange | null {
  if (value.type === 'absolute')
    return { kind: 'BETWEEN', start: new Date(value.startDate), end: new Date(value.endDate) };
  const { amount, unit } = value;
  return unit === 'hour' || unit === 'day' || unit === 'week' ? { kind: 'LAST', amount, unit } : null;
}

function validity(
  given: DateRangePickerProps.Value | null,
  mostHours: number,
  most: string,
): DateRangePickerProps.ValidationResult {
  const wrong = (errorMessage: string) => ({ valid: false, errorMessage }) as const;
  if (!given) return wrong('Choose a time range.');
  if (given.type === 'absolute' && (!given.startDate || !given.endDate))
    return wrong('Choose a start and an end date.');
  const range = fromPicker(given);
  const span = range ? spanHours(range) : Number.NaN;
  if (Number.isNaN(span)) return wrong('Enter a number of hours, days or weeks.');
  if (span <= 0) return wrong('The end must be after the start.');
  return range && isLongerThan(range, mostHours) ? wrong(`A time range is ${most} at most.`) : { valid: true };
}
