import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultFlows } from './default-flows.ts';
import { problemsOf } from './flow-language.ts';

const end = { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
const say = {
  Identifier: 'say',
  Type: 'MessageParticipant',
  Parameters: { Text: 'Hello' },
  Transitions: { NextAction: 'end', Errors: [{ NextAction: 'end', ErrorType: 'NoMatchingError' }], Conditions: [] },
};
const flow = (changes: object = {}) =>
  JSON.stringify({ Version: '2019-10-30', StartAction: 'say', Actions: [say, end], ...changes });
const withTransitions = (Transitions: unknown) => flow({ Actions: [{ ...say, Transitions }, end] });

describe('the flow language', () => {
  test('what the Admin guide shows is valid, and what every new instance has', () => {
    expect(problemsOf(flow())).toEqual([]);
    expect(problemsOf(flow({ Metadata: { anything: 1 }, Settings: {} }))).toEqual([]);
    for (const { name, content } of defaultFlows('arn:aws:connect:us-east-1:123456789012:instance/x/queue/y')) {
      expect(problemsOf(content), name).toEqual([]);
    }
  });

  test('what cannot be read as a flow is one problem', () => {
    for (const content of ['', '{', 'null', '[]', '"flow"', '7']) expect(problemsOf(content)).toHaveLength(1);
  });

  test.each([
    ['another version', flow({ Version: '2020-01-01' }), /Version/],
    ['no version', flow({ Version: undefined }), /Version/],
    ['no start', flow({ StartAction: undefined }), /StartAction/],
    ['a start that is not there', flow({ StartAction: 'nowhere' }), /StartAction/],
    ['no actions', flow({ Actions: [] }), /Actions/],
    ['actions that are no list', flow({ Actions: {} }), /Actions/],
    ['an action that is no object', flow({ Actions: [say, end, 'x'] }), /Actions\[2\]/],
    ['an action without identifier', flow({ Actions: [say, end, { ...end, Identifier: '' }] }), /Actions\[2\]/],
    ['a long identifier', flow({ Actions: [say, end, { ...end, Identifier: 'x'.repeat(51) }] }), /1 to 50/],
    ['a bracket in an identifier', flow({ Actions: [say, end, { ...end, Identifier: 'a[b' }] }), /identifiers cannot/],
    ['a name of objects', flow({ Actions: [say, end, { ...end, Identifier: 'toString' }] }), /identifiers cannot/],
    ['an identifier used twice', flow({ Actions: [say, end, end] }), /"end" is used by more than one/],
    ['no type', flow({ Actions: [say, { ...end, Type: undefined }] }), /"end" needs a Type/],
    ['no parameters', flow({ Actions: [say, { ...end, Parameters: undefined }] }), /"end" needs Parameters/],
    ['no transitions', flow({ Actions: [say, { ...end, Transitions: undefined }] }), /"end" needs Transitions/],
    ['a next action that is not there', withTransitions({ NextAction: 'nowhere' }), /NextAction must be/],
    ['a next action that every object has', withTransitions({ NextAction: 'constructor' }), /NextAction must be/],
    ['an error that leads nowhere', withTransitions({ Errors: [{ ErrorType: 'x' }] }), /NextAction of Errors\[0\]/],
    [
      'a condition that leads nowhere',
      withTransitions({ Conditions: [{ NextAction: 'end' }, { NextAction: 'nowhere' }] }),
      /NextAction of Conditions\[1\]/,
    ],
    ['errors that are no list', withTransitions({ Errors: {} }), /Errors must be a list/],
    ['a condition that is no object', withTransitions({ Conditions: [1] }), /Conditions\[0\] must be an object/],
  ])('%s is the one problem', (_, content, problem) => {
    const problems = problemsOf(content);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  test('250 actions are a flow, 251 are not', () => {
    const chain = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...end,
        Identifier: `${index}`,
        Transitions: index > 0 ? { NextAction: `${index - 1}` } : {},
      }));
    expect(problemsOf(flow({ StartAction: '0', Actions: chain(250) }))).toEqual([]);
    expect(problemsOf(flow({ StartAction: '0', Actions: chain(251) }))).toHaveLength(1);
  });

  test('whatever comes is judged, and never thrown at', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (first, second) => {
        expect(Array.isArray(problemsOf(first))).toBe(true);
        const inside = JSON.stringify({
          Version: '2019-10-30',
          StartAction: JSON.parse(second),
          Actions: [{ ...end, Transitions: JSON.parse(first), Parameters: JSON.parse(second) }, JSON.parse(first)],
        });
        expect(problemsOf(inside).length).toBeGreaterThan(0);
      }),
    );
  });

  test('many problems are cut to a number that can be read', () => {
    const Actions = Array.from({ length: 100 }, (_, index) => ({ Identifier: `${index}` }));
    expect(problemsOf(flow({ StartAction: '0', Actions }))).toHaveLength(50);
  });
});
