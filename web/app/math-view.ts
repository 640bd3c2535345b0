/** A formula: its TeX at once, and set as MathML when the code for that has arrived; what is no TeX stays as it was written. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {base} from './styles.ts';

/** What a stranger's formula may cost to set. */
const bounds = {maxSize: 20, maxExpand: 200, trust: false, strict: 'ignore', throwOnError: true, output: 'mathml'} as const;
/** Longer ones stay text. */
const longest = 4000;

@customElement('math-view')
export class MathView extends LitElement {
  static override styles = [...base, css`
    :host([display]) {
      display: block;
      padding: 4px 0;
      overflow-x: auto;
      text-align: center;
    }

    code {
      font-family: var(--mono);
      font-size: 0.9em;
      white-space: pre-wrap;
    }

    .set:empty {
      display: none;
    }
  `];

  @property() tex = '';
  /** On a line of its own. */
  @property({type: Boolean, reflect: true}) display = false;
  #set = '';

  protected override updated(): void {
    if (this.tex !== this.#set) void this.#show(this.tex);
  }

  async #show(tex: string): Promise<void> {
    this.#set = tex;
    const place = this.renderRoot.querySelector<HTMLElement>('.set');
    const written = this.renderRoot.querySelector<HTMLElement>('code');
    if (place === null || written === null) return;
    let isSet = false;
    if (tex.length <= longest) {
      try {
        const {render} = await import('./set-math.ts');
        if (tex !== this.#set) return;
        render(tex, place, {...bounds, displayMode: this.display});
        isSet = true;
      } catch {
        // Half a formula while it is being written, or no TeX at all.
        place.replaceChildren();
      }
    }
    written.hidden = isSet;
  }

  protected override render() {
    return html`<span class="set"></span><code>${this.tex === '' ? nothing : this.tex}</code>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'math-view': MathView;
  }
}
