/** Draws the tree of an answer: elements and text only, so nothing in an answer can become markup, load an image or run. */
import {css, html, type TemplateResult} from 'lit';
import {copyIcon} from './icons.ts';
import {parseMarkdown, type Block} from './markdown.ts';
import type {Inline} from './markdown-inline.ts';
import type {Table} from './markdown-table.ts';
import {texts} from './texts.ts';
import './math-view.ts';

type Drawn = TemplateResult | string;

function drawInline(part: Inline): Drawn {
  switch (part.is) {
    case 'text':
      return part.text;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'strong':
      return html`<strong>${part.content.map(drawInline)}</strong>`;
    case 'struck':
      return html`<s>${part.content.map(drawInline)}</s>`;
    case 'math':
      return html`<math-view .tex=${part.text}></math-view>`;
    case 'em':
      return html`<em>${part.content.map(drawInline)}</em>`;
    case 'link':
      return html`<a href=${part.href} title=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.content.map(drawInline)}</a>`;
  }
}

/** Headings of an answer start below those of the page (h1), of the conversation (h2) and of the message (h3), whatever level the model began with. */
function drawHeading(depth: number, content: readonly Inline[]): TemplateResult {
  const inside = content.map(drawInline);
  if (depth <= 0) return html`<h4>${inside}</h4>`;
  return depth === 1 ? html`<h5>${inside}</h5>` : html`<h6>${inside}</h6>`;
}

/** How to draw the blocks of one answer. */
interface Manner {
  /** Called with the text of a code block. */
  readonly copy: (text: string) => void;
  /** The highest heading of the answer: 1 for "#". */
  readonly topLevel: number;
}

const drawCode = (block: Extract<Block, {is: 'code'}>, manner: Manner): TemplateResult => html`
  <div class="code">
    <div class="bar">
      <span>${block.language}</span>
      <button type="button" class="bare little" @click=${() => manner.copy(block.text)}>${copyIcon}${texts.chat.copyCode}</button>
    </div>
    <pre tabindex="0"><code>${block.text}</code></pre>
  </div>`;

function drawList(block: Extract<Block, {is: 'list'}>, manner: Manner): TemplateResult {
  const items = block.items.map((blocks) => html`<li>${blocks.map((inner) => drawBlock(inner, manner))}</li>`);
  return block.start === undefined ? html`<ul>${items}</ul>` : html`<ol start=${block.start}>${items}</ol>`;
}

/** Wide ones scroll by themselves, by keyboard too. */
const drawTable = ({head, rows, align}: Table): TemplateResult => html`
  <div class="table" tabindex="0" role="group" aria-label=${texts.chat.table}><table>
    <thead><tr>${head.map((cell, at) => html`<th scope="col" class=${align[at] ?? 'start'}>${cell.map(drawInline)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class=${align[at] ?? 'start'}>${cell.map(drawInline)}</td>`)}</tr>`)}</tbody>
  </table></div>`;

function drawBlock(block: Block, manner: Manner): TemplateResult {
  switch (block.is) {
    case 'paragraph':
      return html`<p>${block.content.map(drawInline)}</p>`;
    case 'heading':
      return drawHeading(block.level - manner.topLevel, block.content);
    case 'code':
      return drawCode(block, manner);
    case 'list':
      return drawList(block, manner);
    case 'quote':
      return html`<blockquote>${block.content.map((inner) => drawBlock(inner, manner))}</blockquote>`;
    case 'math':
      return html`<math-view display .tex=${block.text}></math-view>`;
    case 'table':
      return drawTable(block);
    case 'rule':
      return html`<hr>`;
  }
}

/** The answer as elements; `copy` is called with the text of a code block. */
export function drawMarkdown(text: string, copy: Manner['copy']): readonly TemplateResult[] {
  const blocks = parseMarkdown(text);
  const topLevel = Math.min(...blocks.map((block) => (block.is === 'heading' ? block.level : 6)));
  return blocks.map((block) => drawBlock(block, {copy, topLevel}));
}

export const markdownStyles = css`
  .text {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    max-width: 68ch;
    overflow-wrap: anywhere;
  }

  .text p {
    white-space: pre-line;
  }

  .text h4, .text h5, .text h6 {
    margin-top: 4px;
    font-size: 1.0625rem;
    line-height: 1.4;
    font-weight: 650;
  }

  .text h6 {
    font-size: 1rem;
  }

  .text ul, .text ol {
    padding-left: 26px;
  }

  .text li + li, .text li > * + * {
    margin-top: 4px;
  }

  .text blockquote {
    margin: 0;
    padding-left: 14px;
    border-left: 3px solid var(--line);
    color: var(--ink-soft);
  }

  .text hr {
    width: 100%;
    margin: 4px 0;
    border: 0;
    border-top: 1px solid var(--line);
  }

  .text .table {
    overflow-x: auto;
  }

  .text table {
    border-collapse: collapse;
    font-size: 0.9375rem;
  }

  .text th, .text td {
    padding: 6px 12px;
    border: 1px solid var(--line);
    text-align: start;
    vertical-align: top;
  }

  .text th {
    background: var(--sunken);
    font-weight: 600;
  }

  .text .center { text-align: center; }
  .text .end { text-align: end; }

  .text code {
    padding: 1px 5px;
    border-radius: 5px;
    background: var(--sunken);
    font-family: var(--mono);
    font-size: 0.9em;
  }

  .code {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--sunken);
  }

  .code .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0 4px 0 14px;
    border-bottom: 1px solid var(--line);
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }

  .code pre {
    padding: 12px 14px;
    overflow-x: auto;
    line-height: 1.45;
  }

  .code pre:focus-visible {
    outline-offset: -3px;
  }

  .code pre code {
    padding: 0;
    background: none;
    overflow-wrap: normal;
  }
`;
