import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { usePage } from './page.ts';
import { RouterLink } from './RouterLink.tsx';

interface NoticeProps {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly text: string; readonly href: string };
}

/** A whole page that says one thing: no permission, gone, no such page. */
export function Notice({ title, text, link }: NoticeProps) {
  usePage(title, 'default');
  return (
    <Container header={<Header variant="h1">{title}</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">{text}</Box>
        {link && <RouterLink href={link.href}>{link.text}</RouterLink>}
      </SpaceBetween>
    </Container>
  );
}
