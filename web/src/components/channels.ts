/** Those of contacts; what else there may be in records is spoken as it is. */
export const channels = { VOICE: 'Voice', CHAT: 'Chat', TASK: 'Task', EMAIL: 'Email' } as const;
