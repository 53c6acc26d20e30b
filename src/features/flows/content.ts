import { createHash } from 'node:crypto';
import { length } from '../../operations/constraints.ts';
import { OperationError } from '../../operations/errors.ts';
import { problemsOf } from './flow-language.ts';

/** Of flows and of modules (API Reference, ContactFlow). */
export const contentLength = length(1, 256_000);

/** FlowContentSha256 and FlowModuleContentSha256. */
export const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

const problemList = (problems: readonly string[]) => problems.map((message) => ({ message }));

const summary = (problems: readonly string[]) =>
  `The content is not valid flow language: ${problems.slice(0, 5).join(' ')}${problems.length > 5 ? ' …' : ''}`;

/** What is published must be valid; what is only saved need not be. @throws InvalidContactFlowException */
export function checkFlow(content: string): void {
  const problems = problemsOf(content);
  if (problems.length === 0) return;
  throw new OperationError('InvalidContactFlowException', summary(problems), { problems: problemList(problems) });
}

/** @throws InvalidContactFlowModuleException, whose list has a capital letter in the model. */
export function checkModule(content: string): void {
  const problems = problemsOf(content);
  if (problems.length === 0) return;
  throw new OperationError('InvalidContactFlowModuleException', summary(problems), { Problems: problemList(problems) });
}

interface Contents {
  readonly content: string;
  readonly savedContent?: string | null | undefined;
}

/** For the audit. The content itself may be 256,000 characters long: the audit has the hashes, of what is saved beside too. */
export const flowContents = ({ content, savedContent, status }: Contents & { readonly status: string }) => ({
  FlowContentSha256: sha256(content),
  SavedContentSha256: hashOrNone(savedContent),
  Status: status,
});

/** The same of a module. */
export const moduleContents = ({
  content,
  savedContent,
  settings,
}: Contents & { readonly settings?: string | null | undefined }) => ({
  FlowModuleContentSha256: sha256(content),
  SavedContentSha256: hashOrNone(savedContent),
  SettingsSha256: hashOrNone(settings),
});

const hashOrNone = (text: string | null | undefined) => (typeof text === 'string' ? sha256(text) : null);
