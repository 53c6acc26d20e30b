import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import { decodeRequest } from '../../src/connect-api/decode-request.ts';
import type { PermissionRule } from '../../src/operations/define-operation.ts';
import { type Input, partsOf, wireOf } from '../support/wire-request.ts';

/** What this one input asks for, as permission ids; ANY_USER is none. */
export function wantedFor(compiled: CompiledOperation, input: Input): readonly string[] | 'ACCESS_KEY_ONLY' {
  const { permission } = compiled.operation;
  const { url, body } = wireOf(compiled, partsOf(compiled, input));
  const decoded = decodeRequest(compiled, { url, headers: {}, body: Buffer.from(body ?? '') });
  const rule: PermissionRule = typeof permission === 'function' ? permission(decoded as never) : permission;
  if (rule === 'ACCESS_KEY_ONLY') return rule;
  if (rule === 'ANY_USER') return [];
  return typeof rule === 'string' ? [rule] : rule;
}
