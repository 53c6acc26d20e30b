import { deleteRecording } from './delete-recording.ts';
import { getRecording } from './get-recording.ts';
import { putRecording } from './put-recording.ts';

export const recordingOperations = [putRecording, getRecording, deleteRecording] as const;
