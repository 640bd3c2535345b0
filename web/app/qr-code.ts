/** A text as a QR code: dark on light with its quiet zone in every theme, for cameras know no other. The only door to its encoder. */
import {LitElement, css, html, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {encode} from 'uqr';

/** Empty modules around it, as the standard asks. */
const quiet = 4;

/** One stroke for each run of dark modules. */
function darkRuns(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x] === true) x += 1;
      path += `M${start} ${y}h${x - start}v1H${start}z`;
    }
  }
  return path;
}

@customElement('qr-code')
export class QrCode extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    svg {
      display: block;
      width: min(100%, 320px);
      height: auto;
      border-radius: 8px;
      forced-color-adjust: none;
    }
  `;

  @property() text = '';
  /** What is said instead of it. */
  @property() label = '';

  protected override render() {
    if (this.text === '') return nothing;
    const {data, size} = encode(this.text, {ecc: 'M', border: quiet});
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
      <rect width=${size} height=${size} fill="#ffffff"></rect>
      <path d=${darkRuns(data)} fill="#000000"></path>
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'qr-code': QrCode;
  }
}
