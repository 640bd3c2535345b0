/** What each task found, drawn: a text, lines with times, frames, texts in their order, labels. */
import {html, nothing, type TemplateResult} from 'lit';
import {plainOf, srtOf} from '#protocol/subtitles.ts';
import {framesFound, textsFound, vectorsFile} from '../state/findings.ts';
import {clockTime} from '../state/clock-time.ts';
import type {ResultOf, TaskResult} from '../state/task-views.ts';
import {download} from './download.ts';
import {formatPercent} from './figures.ts';
import {copyIcon, installIcon} from './icons.ts';
import {drawMarkdown} from './markdown-view.ts';
import {taskTexts} from './task-texts.ts';
import './bytes-picture.ts';

const words = taskTexts;
/** Scores come in ten-thousandths. */
const full = 10_000;

/** Copies a text and tells how it went. */
export type Copy = (text: string) => void;

const save = (label: string, act: () => void): TemplateResult => html`<button type="button" class="little" @click=${act}>${installIcon}${label}</button>`;

const scored = ({name, score, value, most}: {readonly name: unknown; readonly score: string; readonly value: number; readonly most: number}): TemplateResult =>
  html`<li data-score=${value}><span dir="auto">${name}</span><span class="number">${score}</span><progress aria-hidden="true" max=${most} .value=${value}></progress></li>`;

function speech({items, turn}: ResultOf<'transcription'>, copy: Copy): TemplateResult {
  if (items.length === 0) return html`${turn.status === 'done' ? html`<p class="soft">${words.speech.nothing}</p>` : nothing}`;
  return html`
    <ol class="lines">${items.map(({startMs, text}) => html`<li><span class="soft number">${clockTime(startMs)}</span><span dir="auto">${text}</span></li>`)}</ol>
    <div class="saves">
      <button type="button" class="little" @click=${() => copy(plainOf(items))}>${copyIcon}${words.speech.copy}</button>
      ${save(words.speech.srt, () => download('speech.srt', {text: srtOf(items), type: 'application/x-subrip'}))}
      ${save(words.speech.txt, () => download('speech.txt', {text: plainOf(items), type: 'text/plain'}))}
    </div>`;
}

function film(result: ResultOf<'video'>): TemplateResult {
  const {items, input} = result;
  if (input.ask === 'summary') return html`${items.map(({text}) => html`<p dir="auto">${text}</p>`)}`;
  const searched = input.ask === 'search';
  const found = framesFound(result);
  return html`
    ${searched && found.length > 0 ? html`<p class="small soft">${words.film.best}</p>` : nothing}
    <ol class="shown">${found.map(({item, frame}) => html`<li data-at=${frame.atMs} data-score=${item.score}><figure>
      <bytes-picture .bytes=${frame.image} label=${words.film.frameAt(clockTime(frame.atMs))}></bytes-picture>
      <figcaption>
        <span class="small soft number">${clockTime(frame.atMs)}${searched ? ` · ${formatPercent(item.score / full)}` : nothing}</span>
        ${searched ? html`<progress aria-hidden="true" max=${full} .value=${item.score}></progress>` : nothing}
        ${item.text === '' ? nothing : html`<span dir="auto">${item.text}</span>`}
      </figcaption>
    </figure></li>`)}</ol>`;
}

function search(result: ResultOf<'embeddings'>): TemplateResult {
  const {items, turn} = result;
  if (items.length === 0) return html``;
  // The order is made once, when all is there.
  const order = turn.status === 'streaming' ? undefined : textsFound(result);
  return html`
    ${order === undefined ? nothing : html`<p class="small soft">${words.search.found}</p>
      <ol class="scores">${order.map(({text, likeness}) => scored({name: text, score: formatPercent(likeness), value: Math.max(0, likeness), most: 1}))}</ol>`}
    <p class="small soft number">${words.search.vectors(items.length, items[0]?.vector.length ?? 0)}</p>
    ${turn.status === 'streaming' ? nothing : html`<div class="saves">${save(words.search.download, () => download('vectors.json', {text: vectorsFile(result), type: 'application/json'}))}</div>`}`;
}

const labels = ({items}: ResultOf<'classify'>): TemplateResult =>
  html`<ol class="scores">${items.map(({label, score}) => scored({name: label, score: formatPercent(score / full), value: score, most: full}))}</ol>`;

/** What was found so far. */
export function foundOf(result: TaskResult, copy: Copy): TemplateResult | typeof nothing {
  switch (result.task) {
    case 'image-text':
      return result.turn.text === '' ? nothing : html`<div class="text" dir="auto">${drawMarkdown(result.turn.text, copy)}</div>`;
    case 'transcription':
      return speech(result, copy);
    case 'video':
      return film(result);
    case 'embeddings':
      return search(result);
    case 'classify':
      return labels(result);
  }
}
