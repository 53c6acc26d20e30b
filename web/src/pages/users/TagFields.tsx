import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { TagEditor } from '../../components/TagEditor.tsx';
import { mostTags, type TagRow } from '../../components/tag-rows.ts';

interface TagFieldsProps {
  readonly tags: readonly TagRow[];
  readonly onChange: (tags: readonly TagRow[]) => void;
  /** Errors of single rows are shown from the first attempt to save. */
  readonly showErrors: boolean;
}

export function TagFields(props: TagFieldsProps) {
  return (
    <div data-field="tags">
      <Container header={<Header variant="h2">Tags</Header>}>
        <TagEditor {...props} most={mostTags} of="user" />
      </Container>
    </div>
  );
}
