/** Lines with times as SubRip and WebVTT subtitles and as plain text. Pure. */
import type {ItemOf} from './result.ts';

type Line = ItemOf<'transcription'>;

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** "01:02:03,450"; `point` parts the milliseconds. */
const fullTime = (ms: number, point: ',' | '.'): string => `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${String(Math.floor(ms) % 1000).padStart(3, '0')}`;

/** A line break ends a subtitle's text line and an empty line the subtitle; an arrow would read as times. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('-->', '→').trim();

/** Lines that say something, in the order of their times. */
const spoken = (lines: readonly Line[]): readonly Line[] =>
  lines.map((line) => ({...line, text: oneLine(line.text)})).filter(({text}) => text !== '').toSorted((left, right) => left.startMs - right.startMs);

const times = ({startMs, endMs}: Line, point: ',' | '.'): string => `${fullTime(startMs, point)} --> ${fullTime(Math.max(endMs, startMs), point)}`;

/** SubRip: numbered, with commas in the times. */
export const srtOf = (lines: readonly Line[]): string => spoken(lines).map((line, index) => `${index + 1}\n${times(line, ',')}\n${line.text}\n`).join('\n');

/** What would begin a tag or a character's name is written as one (https://www.w3.org/TR/webvtt1/#webvtt-cue-text). */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** WebVTT: a headline, then the lines, with points in the times. */
export const vttOf = (lines: readonly Line[]): string => `WEBVTT\n${spoken(lines).map((line) => `\n${times(line, '.')}\n${escaped(line.text)}\n`).join('')}`;

/** A line of text for each. */
export const plainOf = (lines: readonly Line[]): string => spoken(lines).map(({text}) => `${text}\n`).join('');
