/** What a node can be asked for; the bodies of such jobs are in `job.ts`, out of the relay's reach. */

export const tasks = ['chat', 'image-text', 'embeddings', 'transcription', 'classify', 'video'] as const;
export type Task = (typeof tasks)[number];
