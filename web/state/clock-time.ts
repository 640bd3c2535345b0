/** Times in a sound or a film as people read them. Pure. */

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** "2:03", and "1:02:03" from an hour on. */
export const clockTime = (ms: number): string => {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two((ms / 1000) % 60)}`;
};
