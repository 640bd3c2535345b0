/** Lines with times as SubRip subtitles and as plain text. Pure. */
import type {ItemOf} from '#protocol/result.ts';

type Line = ItemOf<'transcription'>;

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** "01:02:03,450" */
const srtTime = (ms: number): string => `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)},${String(Math.floor(ms) % 1000).padStart(3, '0')}`;

/** "2:03", and "1:02:03" from an hour on. */
export const clockTime = (ms: number): string => {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two((ms / 1000) % 60)}`;
};

/** A line break ends a subtitle's text line and an empty line the subtitle; an arrow would read as times. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('-->', '→').trim();

/** Lines that say something, in the order of their times. */
const spoken = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => ({...line, text: oneLine(line.text)})).filter(({text}) => text !== '').toSorted((left, right) => left.startMs - right.startMs);

export const srtOf = (lines: readonly Line[]): string =>
  spoken(lines).map(({startMs, endMs, text}, index) => `${index + 1}\n${srtTime(startMs)} --> ${srtTime(Math.max(endMs, startMs))}\n${text}\n`).join('\n');

export const plainOf = (lines: readonly Line[]): string => spoken(lines).map(({text}) => `${text}\n`).join('');
