/** Bars of sums over time, as a picture with a description; its figures are in the table beside it. */
import {LitElement, css, html, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {base} from './styles.ts';

const height = 100;
const width = 600;
/** A sum that is not 0 is seen. */
const least = 2;

@customElement('bar-chart')
export class BarChart extends LitElement {
  static override styles = [...base, css`
    svg {
      display: block;
      width: 100%;
      height: 120px;
      overflow: visible;
    }

    rect {
      fill: var(--accent);
    }

    line {
      stroke: var(--edge);
    }

    .ends {
      display: flex;
      justify-content: space-between;
      color: var(--ink-soft);
      font-size: 0.8125rem;
      font-variant-numeric: tabular-nums;
    }

    @media (forced-colors: active) {
      rect { fill: CanvasText; }
    }
  `];

  /** What it shows, for who does not see it. */
  @property() label = '';
  /** The heights, in any unit. */
  @property({attribute: false}) values: readonly number[] = [];
  @property() first = '';
  @property() last = '';

  protected override render() {
    const {values} = this;
    const most = Math.max(...values, 0);
    const step = width / Math.max(1, values.length);
    const gap = Math.min(4, step / 4);
    const bars = values.map((value, index) => {
      const size = value === 0 || most === 0 ? 0 : Math.max(least, (value / most) * height);
      return svg`<rect x=${index * step + gap / 2} y=${height - size} width=${step - gap} height=${size} rx="1"></rect>`;
    });
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${bars}${svg`<line x1="0" x2=${width} y1=${height} y2=${height} vector-effect="non-scaling-stroke"></line>`}</svg>
      <div class="ends" aria-hidden="true"><span>${this.first}</span><span>${this.last}</span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bar-chart': BarChart;
  }
}
