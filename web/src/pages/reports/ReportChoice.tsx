import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { RouterLink } from '../../components/RouterLink.tsx';
import { builtInReports, type ReportName } from './report-metrics.ts';

const groups: readonly { readonly title: string; readonly reports: readonly ReportName[] }[] = [
  { title: 'Agents', reports: ['agent-performance'] },
  { title: 'Queues', reports: ['contact-metrics', 'agent-metrics'] },
];

/** Analytics and optimization > Historical metrics: which report. */
export function ReportChoice() {
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="Choose a report. Its interval, groupings, filters and metrics can be changed.">
        Historical metrics
      </Header>
      {groups.map(({ title, reports }) => (
        <Container key={title} header={<Header variant="h2">{title}</Header>}>
          <SpaceBetween size="m">
            {reports.map((report) => (
              <div key={report}>
                <RouterLink fontSize="heading-m" to={{ to: '/historical-metrics/$report', params: { report } }}>
                  {builtInReports[report].title}
                </RouterLink>
                <Box color="text-body-secondary">{builtInReports[report].description}</Box>
              </div>
            ))}
          </SpaceBetween>
        </Container>
      ))}
    </SpaceBetween>
  );
}
