import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { usePageNotice } from './page.ts';

interface NoticeProps {
  readonly title: string;
  readonly text: string;
  /** A link to where to go on. */
  readonly children?: ReactNode;
}

/** A whole page that says one thing: no permission, gone, no such page. */
export function Notice({ title, text, children }: NoticeProps) {
  usePageNotice(title);
  return (
    <Container header={<Header variant="h1">{title}</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">{text}</Box>
        {children}
      </SpaceBetween>
    </Container>
  );
}
