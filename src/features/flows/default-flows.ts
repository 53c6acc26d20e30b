import type { FlowType } from './types.ts';

interface Action {
  readonly Identifier: string;
  readonly Type: string;
  readonly Parameters: Readonly<Record<string, unknown>>;
  /** Where it goes on, and where on an error. Left out for an action that ends the flow. */
  readonly next?: string;
  readonly onError?: string;
}

/** JSON text of the flow language, which begins with the first action. */
function flow(name: string, actions: readonly Action[]): string {
  return JSON.stringify({
    Version: '2019-10-30',
    StartAction: actions[0]?.Identifier ?? '',
    Metadata: { name, entryPointPosition: { x: 40, y: 40 }, ActionMetadata: {} },
    Actions: actions.map(({ Identifier, Type, Parameters, next, onError }) => ({
      Identifier,
      Type,
      Parameters,
      Transitions: next
        ? {
            NextAction: next,
            Errors: onError ? [{ ErrorType: 'NoMatchingError', NextAction: onError }] : [],
            Conditions: [],
          }
        : {},
    })),
  });
}

const end: Action = { Identifier: 'end', Type: 'EndFlowExecution', Parameters: {} };
const hangUp: Action = { Identifier: 'disconnect', Type: 'DisconnectParticipant', Parameters: {} };

const say = (text: string, next: string): Action => ({
  Identifier: 'message',
  Type: 'MessageParticipant',
  Parameters: { Text: text },
  next,
  onError: next,
});

const whisper = (name: string, text: string) => flow(name, [say(text, end.Identifier), end]);

const loop = (name: string, text: string) =>
  flow(name, [
    { Identifier: 'loop', Type: 'MessageParticipantIteratively', Parameters: { Messages: [{ Text: text }] } },
  ]);

const setQueue = (parameters: Readonly<Record<string, string>>): Action => ({
  Identifier: 'set-queue',
  Type: 'UpdateContactTargetQueue',
  Parameters: parameters,
  next: 'transfer',
  onError: hangUp.Identifier,
});

const transfer: Action = {
  Identifier: 'transfer',
  Type: 'TransferContactToQueue',
  Parameters: {},
  next: hangUp.Identifier,
  onError: hangUp.Identifier,
};

export interface DefaultFlow {
  readonly name: string;
  readonly type: FlowType;
  readonly description: string;
  readonly content: string;
  /** Left out for samples, which may be deleted. */
  readonly isDefault?: true;
}

/**
 * The flows that every new instance has, by the names that Connect gives them (Admin guide "Default flows"); their
 * content is Cordboard's own. The sample flow sends contacts to the queue with the given ARN.
 */
export function defaultFlows(basicQueueArn: string): readonly DefaultFlow[] {
  return [
    {
      name: 'Default agent hold',
      isDefault: true,
      type: 'AGENT_HOLD',
      description: 'What an agent hears while on hold.',
      content: loop('Default agent hold', 'You are on hold.'),
    },
    {
      name: 'Default agent transfer',
      isDefault: true,
      type: 'AGENT_TRANSFER',
      description: 'Sends a contact to the agent of a quick connect.',
      // The way that the Admin guide recommends for every channel: the agent's own queue, then a transfer to it.
      content: flow('Default agent transfer', [setQueue({ AgentId: '$.Agent.UserName' }), transfer, hangUp]),
    },
    {
      name: 'Default agent whisper',
      isDefault: true,
      type: 'AGENT_WHISPER',
      description: 'What an agent hears before being joined with a customer: the name of the queue.',
      content: whisper('Default agent whisper', '$.Queue.Name'),
    },
    {
      name: 'Default customer hold',
      isDefault: true,
      type: 'CUSTOMER_HOLD',
      description: 'What a customer hears while on hold.',
      content: loop('Default customer hold', 'Please stay on the line. You are on hold.'),
    },
    {
      name: 'Default customer queue',
      isDefault: true,
      type: 'CUSTOMER_QUEUE',
      description: 'What a customer hears while waiting in a queue.',
      content: loop('Default customer queue', 'Thank you for calling. The next free agent will be with you.'),
    },
    {
      name: 'Default customer whisper',
      isDefault: true,
      type: 'CUSTOMER_WHISPER',
      description: 'What a customer hears before being joined with an agent.',
      content: whisper('Default customer whisper', 'You are being connected.'),
    },
    {
      name: 'Default outbound',
      isDefault: true,
      type: 'OUTBOUND_WHISPER',
      description: 'What a customer hears before being joined with the agent who called.',
      content: whisper('Default outbound', 'This call is not being recorded.'),
    },
    {
      name: 'Default queue transfer',
      isDefault: true,
      type: 'QUEUE_TRANSFER',
      description: 'Sends a contact to the queue of a quick connect.',
      content: flow('Default queue transfer', [transfer, hangUp]),
    },
    {
      name: 'Sample inbound flow',
      type: 'CONTACT_FLOW',
      description: 'Greets the customer and sends the contact to the basic queue.',
      content: flow('Sample inbound flow', [
        say('Thank you for calling.', 'set-queue'),
        setQueue({ QueueId: basicQueueArn }),
        transfer,
        hangUp,
      ]),
    },
  ];
}
