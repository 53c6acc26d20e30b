import { expect, test } from 'vitest';
import { errorCodes, OperationError } from '../operations/errors.ts';
import { expectedAnswer, operationStatus } from './error-answer.ts';
import { model } from './model.generated.ts';

test('every error has the status that the model gives it', () => {
  const modelled = errorCodes.filter((code) => code !== 'UnsupportedOperationException');
  expect(modelled.map((code) => [code, operationStatus[code]])).toEqual(
    modelled.map((code) => [code, model.errors[code]?.status]),
  );
});

test('further members of an error cannot stand in for its message', () => {
  const error = new OperationError('InvalidRequestException', 'No.', { Message: 'Yes.', __type: 'x', Reason: 'r' });
  expect(JSON.parse(expectedAnswer(error)?.body ?? '')).toEqual({
    Reason: 'r',
    __type: 'InvalidRequestException',
    Message: 'No.',
  });
});

test('anything else is not expected', () => {
  expect(expectedAnswer(new Error('x'))).toBeNull();
});
