import { randomUUID } from 'node:crypto';
import { agentQueueArn, arnOf } from '../../src/operations/arn.ts';
import type { InnerType } from '../../src/resources/resources.ts';
import type { World } from './world.ts';

/** What stands in the place of an id, and what is odd about it. */
export type Form = readonly [form: string, text: string];

const mixed = (text: string) =>
  text.replace(/[a-f]/g, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter));
const arnCase = (arn: string, id: string) => arn.replaceAll(id, id.toUpperCase());

/** All the ways in which a request may truly name something. */
export function readableForms(type: InnerType | 'ANY', kind: InnerType, id: string, { instance }: World): Form[] {
  const arn = arnOf(instance, kind, id);
  const arns: Form[] = [
    ['its ARN', arn],
    ['its ARN with the id in upper case', arnCase(arn, id)],
    ['its ARN with the instance in upper case', arnCase(arn, instance.id)],
  ];
  if (type === 'ANY') return arns;
  return [['its id', id], ['its id in upper case', id.toUpperCase()], ['its id in mixed case', mixed(id)], ...arns];
}

/** The queue of a user, which the user's limits hold. */
export function agentQueueForms(userId: string, { instance }: World): Form[] {
  const arn = agentQueueArn(instance, userId);
  return [
    ['the id of a user', userId],
    ['the ARN of the queue of a user', arn],
    ['the ARN of the queue of a user in upper case', arnCase(arn, userId)],
    ['a user as a standard queue', arnOf(instance, 'queue', userId)],
  ];
}

/** What resembles an id or ARN and is none: a lenient reader finds the id in it. */
export function unreadableForms(
  type: InnerType | 'ANY' | 'override' | 'instance',
  kind: InnerType | 'override' | 'instance',
  id: string,
  { instance, otherInstance }: World,
): Form[] {
  const { region, accountId } = instance;
  const tail = kind === 'instance' ? '' : `/${kind}/${id}`;
  const arnIn = (parts: { partition?: string; region?: string; account?: string; of?: string } = {}, rest = tail) =>
    `arn:${parts.partition ?? 'aws'}:connect:${parts.region ?? region}:${parts.account ?? accountId}:instance/${parts.of ?? instance.id}${rest}`;
  const arn = arnIn();
  const base: readonly (readonly [string, string])[] = [...(type === 'ANY' ? [] : [['id', id] as const]), ['ARN', arn]];
  const around = (text: string): Form[] => {
    const versions = ['contact-flow', 'flow-module'].includes(kind) ? [] : [`${text}:$SAVED`, `${text}:$saved`];
    return [
      ...versions,
      ...[':1', ':7:8', ':$LATEST', ':$latest', ':$SAVED:1', ':', '::', ':x', ':*', ':00000000000000000000000001'].map(
        (suffix) => text + suffix,
      ),
      ...['/', '//', '/.', '/..', '/../x', '/x', `/${id}`, '?x=y', '#x', ';x', ',', `,${randomUUID()}`].map(
        (behind) => text + behind,
      ),
      ...['/', './', '../', `../${id}/../`, 'x/../', '%2e%2e%2f', '.', '\\', ':', `${id}/`].map(
        (before) => before + text,
      ),
      ...[' ', '\t', '\n', '\r\n', '\u00a0', '\u200b', '\ufeff', '\u202e'].flatMap((space) => [
        space + text,
        text + space,
      ]),
      ...['%20', '%00', '%2f', '%2F', '%3a1', '%253A1', '+'].map((behind) => text + behind),
      ...[`{${text}}`, `"${text}"`, `'${text}'`, `[${text}]`, `<${text}>`, `urn:uuid:${text}`],
      text.replaceAll('-', ''),
      text.replaceAll('-', '\u2010'),
      text.replace(/\d/, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0x30 + 0xff10)),
      `${text}${text}`,
      `${text}\n${arnIn()}`,
    ].map((odd): Form => [JSON.stringify(odd), odd]);
  };
  const inArn: Form[] = [
    encodeURIComponent(arn),
    encodeURIComponent(encodeURIComponent(arn)),
    arn.toUpperCase(),
    arn.replace('arn:', 'ARN:'),
    arn.replace('aws:', 'AWS:'),
    arn.replace(':connect:', ':Connect:'),
    arn.replace(':instance/', ':instances/'),
    arn.replace(`instance/${instance.id}`, `instance/${instance.id}:1`),
    arn.replace(`instance/${instance.id}`, `instance//${instance.id}`),
    arn.replace(`instance/${instance.id}`, `instance/../instance/${instance.id}`),
    arn.replace(`instance/${instance.id}`, `instance/*`),
    arn.replace(':connect:', ':connect::'),
    arn.replace(`:${region}:`, '::'),
    arn.replace(`:${accountId}:`, '::'),
    arnIn({ region: 'eu-west-2' }),
    arnIn({ account: '210987654321' }),
    arnIn({ partition: 'aws-cn' }),
    arnIn({ partition: 'aws-us-gov' }),
    arnIn({ partition: 'aws-' }),
    ...(kind === 'instance'
      ? []
      : [
          arnIn({ of: otherInstance.id }),
          arnIn({ of: randomUUID() }),
          arnIn({}, `/${kind}//${id}`),
          arnIn({}, `/${kind}/../${kind}/${id}`),
          arnIn({}, `/${kind}/x/${id}`),
          arnIn({}, `/x/${kind}/${id}`),
          arnIn({}, `/${kind}:${id}`),
          arnIn({}, `/${kind.toUpperCase()}/${id}`),
          arnIn({}, `/prompt/${id}`),
          arnIn({}, `/${id}`),
          arnIn({}, `/${kind}/agent/${id}`),
        ]),
  ]
    .filter((odd) => odd !== agentQueueArn(instance, id))
    .filter((odd) => odd !== arn)
    .map((odd): Form => [JSON.stringify(odd), odd]);
  return [...base.flatMap(([, text]) => around(text)), ...inArn];
}
