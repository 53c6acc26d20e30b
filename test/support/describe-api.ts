import type { Operation, PermissionRule } from '../../src/operations/define-operation.ts';
import type { Member, Model, Shape } from '../../src/operations/shapes.ts';

/**
 * docs/api.md: every operation of the model and every extension, from the declarations alone, so that the page cannot
 * promise what the server does not do.
 */
export function describeApi(model: Model, operations: readonly Operation[]): string {
  const offered = new Map(operations.map((operation) => [operation.name, operation]));
  const names = Object.keys(model.operations).sort();
  const connect = names.filter((name) => offered.has(name));
  const missing = names.filter((name) => !offered.has(name));
  const extensions = operations.filter((operation) => operation.extension);
  const approximate = connect.filter((name) => offered.get(name)?.approximate);
  return [
    '# API',
    '',
    '<!-- Generated from the declarations by `npx vitest run test/api-document.test.ts -u`. Do not edit. -->',
    '',
    `The Amazon Connect API has ${names.length} operations. Cordboard offers ${connect.length} of them` +
      ` (${connect.length - approximate.length} faithful, ${approximate.length} approximate) and ${extensions.length} of its own.` +
      ' The others answer 501 `UnsupportedOperationException` with their name.',
    '',
    'Paths, members and errors of the Connect operations are those of the AWS SDK. An access key needs the action' +
      ' `connect:<Operation>`; someone who is signed in on the website needs the permission of the second column.',
    '',
    '## Connect operations',
    '',
    '| Operation | Permission of a signed-in user | Fidelity |',
    '|---|---|---|',
    ...connect.map((name) => connectRow(offered.get(name))),
    '',
    '## Extensions',
    '',
    'In Connect’s style: the same authentication, errors, timestamps and paging. `*` marks' +
      ' required members. A CSV file is named after what it holds and the day, in UTC, on which it was made:' +
      ' `contacts-2026-11-02.csv`.',
    '',
    ...extensions.flatMap(extensionSection),
    '## Not offered',
    '',
    missing.map((name) => `\`${name}\``).join(', '),
    '',
  ].join('\n');
}

function connectRow(operation: Operation | undefined): string {
  if (!operation) return '';
  return `| ${operation.name} | ${permissionText(operation)} | ${operation.approximate ?? 'faithful'} |`;
}

function permissionText({ permission }: Operation): string {
  if (typeof permission === 'function') return 'by what the request asks for';
  const rule: PermissionRule = permission;
  if (rule === 'ANY_USER') return 'everyone who is signed in';
  if (rule === 'ACCESS_KEY_ONLY') return 'access keys only';
  return (typeof rule === 'string' ? [rule] : rule).map((id) => `\`${id}\``).join(' or ');
}

function extensionSection(operation: Operation): string[] {
  const { extension } = operation;
  if (!extension) return [];
  const { http, input, output, summary, mostBytes } = extension;
  return [
    `### ${operation.name}`,
    '',
    `\`${http.method} ${http.uri}\` → ${http.status}. Permission: ${permissionText(operation)}.`,
    '',
    summary,
    '',
    `- Request: ${membersText(input.members)}${mostBytes === null ? '' : '; the bytes are the body'}`,
    `- Answer: ${typeof output === 'string' ? 'a file' : membersText(output.members)}`,
    '',
  ];
}

function membersText(members: Readonly<Record<string, Member>>): string {
  const entries = Object.entries(members);
  if (entries.length === 0) return 'nothing';
  return entries
    .map(([name, member]) => {
      const place = member.in === 'query' ? ` (query \`${member.wireName ?? name}\`)` : '';
      return `\`${name}\`${member.required ? '*' : ''} ${typeText(member.shape)}${place}`;
    })
    .join(', ');
}

function typeText(shape: Shape): string {
  if (typeof shape === 'string') return shape;
  if ('oneOf' in shape) return `one of ${shape.oneOf.join(', ')}`;
  if ('list' in shape) return `list of ${typeText(shape.list)}`;
  if ('map' in shape) return `map of ${typeText(shape.map)}`;
  if (typeof shape.structure === 'string') return shape.structure;
  return `{ ${membersText(shape.structure.members)} }`;
}
