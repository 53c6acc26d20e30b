import { numbers } from './numbers.ts';

const rate = 8000;
const voices = [
  { pitch: 118, formants: [620, 1180] },
  { pitch: 205, formants: [730, 1420] },
] as const;

/** Two people who mumble in turns, as WAV of eight bits: nothing that was ever said, made by a seed. */
export function sampleSpeech(seed: number, seconds: number): Buffer {
  const next = numbers(seed);
  const samples = Buffer.alloc(rate * seconds, 128);
  let speaker = 0;
  for (let at = 0; at < samples.length; ) {
    // A sentence of some syllables, then the other's turn.
    const syllables = 4 + Math.floor(next() * 9);
    const voice = voices[speaker] ?? voices[0];
    for (let syllable = 0; syllable < syllables; syllable += 1) {
      const length = Math.floor(rate * (0.1 + next() * 0.14));
      const pitch = voice.pitch * (0.9 + next() * 0.25);
      const [first, second] = voice.formants.map((formant) => formant * (0.75 + next() * 0.5));
      for (let index = 0; index < length && at + index < samples.length; index += 1) {
        const time = index / rate;
        const pulse = 0.6 + 0.4 * Math.sin(2 * Math.PI * pitch * time);
        const tone = Math.sin(2 * Math.PI * (first ?? 0) * time) + 0.6 * Math.sin(2 * Math.PI * (second ?? 0) * time);
        samples[at + index] = 128 + Math.round(45 * Math.sin((Math.PI * index) / length) * pulse * tone);
      }
      at += length + Math.floor(rate * next() * 0.05);
    }
    at += Math.floor(rate * (0.3 + next() * 0.5));
    speaker = 1 - speaker;
  }
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

const lines = [
  ['CUSTOMER', 'Hello, I have a question about my policy.'],
  ['AGENT', 'Good morning! I am happy to help. Could you tell me the number of your policy?'],
  ['CUSTOMER', 'It is on the letter: 4711-2209.'],
  ['AGENT', 'Thank you. I see it here. What would you like to know?'],
  ['CUSTOMER', 'Does it cover a rented car, too?'],
  ['AGENT', 'Yes, for up to fourteen days in all countries of the European Union.'],
  ['CUSTOMER', 'That is good to hear. Thank you!'],
  ['AGENT', 'You are welcome. Have a nice day.'],
] as const;

/** A transcript as Amazon Connect stores those of chats. */
export function sampleTranscript(
  about: {
    readonly contactId: string;
    readonly instanceId: string;
    readonly accountId: string;
    readonly agent: string;
  },
  start: Date,
  seed: number,
): Buffer {
  const next = numbers(seed);
  let at = start.getTime();
  const Transcript = lines.map(([role, Content], index) => {
    at += 8000 + Math.floor(next() * 20_000);
    return {
      AbsoluteTime: new Date(at).toISOString(),
      Content,
      ContentType: 'text/plain',
      DisplayName: role === 'AGENT' ? about.agent : 'Customer',
      Id: `${about.contactId}-${index}`,
      ParticipantId: role,
      ParticipantRole: role,
      Type: 'MESSAGE',
    };
  });
  return Buffer.from(
    JSON.stringify({
      Version: '2019-08-26',
      AWSAccountId: about.accountId,
      InstanceId: about.instanceId,
      ContactId: about.contactId,
      Participants: [{ ParticipantId: 'AGENT' }, { ParticipantId: 'CUSTOMER' }],
      Transcript,
    }),
  );
}
