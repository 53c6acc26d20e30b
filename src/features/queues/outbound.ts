import type { Tx } from '../../database/db.ts';
import { isPhoneNumber, takenOver } from '../../operations/arn.ts';
import type { Checked, Connect } from '../../operations/connect-types.ts';
import { type Constraints, length } from '../../operations/constraints.ts';
import { invalidParameter, invalidRequest, notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { lockContactFlow } from '../flows/store.ts';

/** What the model says of a queue's settings for outbound calls. */
export const outboundCallerConstraints = {
  'OutboundCallerConfig.OutboundCallerIdName': length(1, 255),
  'OutboundCallerConfig.OutboundFlowId': length(0, 500),
} satisfies Constraints;

export const outboundEmailConstraints = {
  'OutboundEmailConfig.OutboundEmailAddressId': length(1, 500),
} satisfies Constraints;

/**
 * A queue's settings for outbound calls as they are kept: the whisper flow by its id, and there to be run. Cordboard has
 * no phone numbers, so one is kept as it was given, as long as it can be one.
 * @throws InvalidParameterException; ResourceNotFoundException; InvalidRequestException for a flow of another type
 */
export async function outboundCallerConfigOf(
  tx: Tx,
  instance: Instance,
  given: Checked<Connect.OutboundCallerConfig>,
): Promise<Connect.OutboundCallerConfig> {
  const { OutboundCallerIdName, OutboundCallerIdNumberId, OutboundFlowId } = given;
  if (OutboundCallerIdNumberId !== undefined && !isPhoneNumber(OutboundCallerIdNumberId)) {
    throw invalidParameter('OutboundCallerIdNumberId is neither the id nor the ARN of a phone number.');
  }
  const flowId = OutboundFlowId === undefined ? undefined : await whisperFlow(tx, instance, OutboundFlowId);
  return {
    ...(OutboundCallerIdName !== undefined && { OutboundCallerIdName }),
    ...(OutboundCallerIdNumberId !== undefined && { OutboundCallerIdNumberId }),
    ...(flowId !== undefined && { OutboundFlowId: flowId }),
  };
}

async function whisperFlow(tx: Tx, instance: Instance, given: string): Promise<string> {
  const { id } = takenOver(given);
  const flow = await lockContactFlow(tx, instance.id, id);
  if (!flow) throw notFound('contact-flow', id);
  if (flow.type !== 'OUTBOUND_WHISPER') {
    throw invalidRequest(
      `The flow ${id} is of the type ${flow.type}. Outbound calls of a queue need a flow of the type OUTBOUND_WHISPER.`,
    );
  }
  return id;
}
