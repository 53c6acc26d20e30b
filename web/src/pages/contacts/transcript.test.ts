import { expect, test } from 'vitest';
import { readTranscript } from './transcript.ts';

test('the transcript of a chat says who wrote what, and when', () => {
  const text = JSON.stringify({
    Transcript: [
      { Type: 'EVENT', ContentType: 'application/vnd.amazonaws.connect.event.participant.joined' },
      { Content: 'Hello', ParticipantRole: 'CUSTOMER', AbsoluteTime: '2026-01-05T09:00:00.000Z' },
      { Content: 'Hi', ParticipantRole: 'AGENT', DisplayName: 'Ada' },
    ],
  });
  expect(readTranscript(text)).toEqual([
    { who: 'Customer', when: { seconds: Date.parse('2026-01-05T09:00:00Z') / 1000 }, text: 'Hello' },
    { who: 'Ada', when: null, text: 'Hi' },
  ]);
});

test('that of a call says at which second', () => {
  const text = JSON.stringify({ Transcript: [{ Content: 'Yes?', ParticipantId: 'AGENT', BeginOffsetMillis: 1500 }] });
  expect(readTranscript(text)).toEqual([{ who: 'Agent', when: { offsetSeconds: 1.5 }, text: 'Yes?' }]);
});

test('what is no transcript is none', () => {
  for (const text of ['', 'x', '[]', 'null', '{"Transcript": 1}']) expect(readTranscript(text), text).toBeNull();
  expect(readTranscript('{"Transcript": [1, null, {"Content": 5}]}')).toEqual([]);
});
