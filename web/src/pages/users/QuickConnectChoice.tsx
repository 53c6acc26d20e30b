import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { DeletionPreview } from '../../api/types.ts';
import { countOf } from '../../components/words.ts';
import { queuesText } from './deletion.ts';

interface QuickConnectChoiceProps {
  readonly preview: DeletionPreview;
  readonly permitted: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** What becomes of the quick connects that point at the users. */
export function QuickConnectChoice({ preview, permitted, checked, onChange }: QuickConnectChoiceProps) {
  const count = preview.Summary.QuickConnectCount;
  if (count === 0) {
    return (
      <Box color="text-body-secondary">
        No quick connect points at {preview.Summary.RequestedCount === 1 ? 'this user' : 'these users'}.
      </Box>
    );
  }
  const them = countOf(count, 'quick connect');
  return (
    <div>
      <Checkbox
        checked={checked && permitted}
        disabled={!permitted}
        onChange={({ detail }) => onChange(detail.checked)}
        description={
          permitted ? queuesText(preview) : `You need the permission Quick connects – Delete. ${queuesText(preview)}`
        }
      >
        {`Also delete their ${them}`}
      </Checkbox>
      {/* Always there, so that ticking does not move the buttons. */}
      <Box padding={{ top: 'xxs', left: 'l' }}>
        {checked && permitted ? (
          <StatusIndicator type="success">No quick connect will be orphaned.</StatusIndicator>
        ) : (
          <StatusIndicator type="warning">
            {`${them} will be orphaned: agents still see ${count === 1 ? 'it' : 'them'}, and nobody answers.`}
          </StatusIndicator>
        )}
      </Box>
    </div>
  );
}
