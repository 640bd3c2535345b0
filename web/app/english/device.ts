/** English: models that answer on this device itself. */

export const device = {
  name: 'Model on this device',
  get: (label: string, size: string): string => `Get ${label} (${size}) to this device`,
  getText: 'It is downloaded once and kept in this browser; you can delete it under Settings. Afterwards it answers without a network.',
  metered: 'This connection may cost you by the megabyte, so the download has not begun.',
  anyway: (size: string): string => `Download ${size} all the same`,
  loading: (label: string): string => `Waking ${label}…`,
  downloading: (label: string, came: string, all: string): string => `Getting ${label}: ${came} of ${all}`,
  left: (span: string): string => `, about ${span} left`,
  cancel: 'Cancel',
  ready: (label: string): string => `${label} is loaded on this device.`,
  unload: 'Free its memory',
  shared: (label: string): string => `This tab shares ${label}, and it answers here too. Your own questions go first; another model has no room beside it.`,
  sharedOther: 'This tab shares a model that can’t do this, and another one has no room beside it. Stop sharing to ask this device.',
  elsewhere: 'Another tab of this browser shares a model. Both are in memory while this one is loaded.',
  failed: (sentence: string): string => `The model was not loaded. ${sentence}`,
  again: 'Try again',
};
