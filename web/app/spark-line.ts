/** A small curve of what was seen, with what it says in words for whoever does not see it. */
import {LitElement, css, html, svg} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {base} from './styles.ts';

const [width, height] = [120, 28];

@customElement('spark-line')
export class SparkLine extends LitElement {
  static override styles = [...base, css`
    svg {
      display: block;
      width: 100%;
      height: 28px;
      overflow: visible;
    }

    polyline {
      fill: none;
      stroke: var(--accent);
      stroke-width: 1.5;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }

    line {
      stroke: var(--line);
      vector-effect: non-scaling-stroke;
    }

    @media (forced-colors: active) {
      polyline {
        stroke: CanvasText;
      }
    }
  `];

  /** Oldest first. */
  @property({attribute: false}) values: readonly number[] = [];
  /** What it says. */
  @property() label = '';

  protected override render() {
    const {values} = this;
    const most = Math.max(1, ...values);
    const step = width / Math.max(1, values.length - 1);
    const points = (values.length === 1 ? [...values, ...values] : values).map((value, index) => `${(index * (values.length === 1 ? width : step)).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`).join(' ');
    return html`<svg role="img" aria-label=${this.label} viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">
      ${svg`<line x1="0" y1=${height} x2=${width} y2=${height}></line><polyline points=${points}></polyline>`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'spark-line': SparkLine;
  }
}
