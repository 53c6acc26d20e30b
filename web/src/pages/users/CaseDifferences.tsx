import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import type { DeletionPreview } from '../../api/types.ts';
import { countOf, formatNumber } from '../../components/words.ts';

interface CaseDifferencesProps {
  readonly preview: DeletionPreview;
  readonly looked: boolean;
  readonly onLooked: (looked: boolean) => void;
}

/** The logins that are here in another case than in the list, to be looked at before anybody goes. */
export function CaseDifferences({ preview, looked, onLooked }: CaseDifferencesProps) {
  const count = preview.Summary.CaseDiffersCount;
  if (count === 0) return null;
  const shown = preview.CaseDifferences;
  const [are, they] = count === 1 ? ['is', 'It is the one'] : ['are', 'They are the ones'];
  return (
    <Alert
      type="warning"
      statusIconAriaLabel="Warning"
      header={`${countOf(count, 'login')} ${are} here in another case than in the list`}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className="scroll-list short" aria-label="Logins in another case" tabIndex={0}>
        <ul>
          {shown.map(({ Given, Username }) => (
            <li key={Given}>
              <b>{Username}</b> · in the list: {Given}
            </li>
          ))}
        </ul>
        {shown.length < count && <Box>{`and ${formatNumber(count - shown.length)} more, marked below.`}</Box>}
      </section>
      <Checkbox checked={looked} onChange={({ detail }) => onLooked(detail.checked)}>
        {`${they} I mean`}
      </Checkbox>
    </Alert>
  );
}
