/** Colours, steps and shapes; set once on the shell and inherited by every element. */
import {css} from 'lit';

/** Contrast of text is at least 4.5:1, of the borders of fields 3:1. */
export const tokens = css`
  :host {
    --ground: light-dark(oklch(98.4% 0.005 85), oklch(19% 0.01 325));
    --surface: light-dark(oklch(100% 0 0), oklch(23% 0.012 325));
    --sunken: light-dark(oklch(95.8% 0.008 85), oklch(26.5% 0.014 325));
    --line: light-dark(oklch(89.5% 0.012 85), oklch(34% 0.016 325));
    --edge: light-dark(oklch(60% 0.02 325), oklch(60% 0.02 325));
    --ink: light-dark(oklch(25% 0.02 325), oklch(94% 0.008 85));
    --ink-soft: light-dark(oklch(46% 0.02 325), oklch(76% 0.012 325));
    --accent: light-dark(oklch(44% 0.14 335), oklch(81% 0.095 335));
    --accent-strong: light-dark(oklch(38% 0.14 335), oklch(86% 0.08 335));
    --on-accent: light-dark(oklch(99% 0.004 85), oklch(20% 0.04 335));
    --accent-soft: light-dark(oklch(94.5% 0.022 335), oklch(30% 0.05 335));
    --good: light-dark(oklch(43% 0.1 150), oklch(82% 0.12 150));
    --warn: light-dark(oklch(46% 0.1 65), oklch(84% 0.11 80));
    --warn-soft: light-dark(oklch(96.5% 0.03 85), oklch(28% 0.035 75));
    --bad: light-dark(oklch(47% 0.17 27), oklch(79% 0.12 25));
    --bad-soft: light-dark(oklch(96% 0.018 27), oklch(28% 0.045 25));
    --radius: 10px;
    --quick: 120ms;
    --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Noto Sans Mono', monospace;
    --tap: 36px;
  }

  @media (pointer: coarse), (max-width: 719px) {
    :host {
      --tap: 44px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --quick: 0s;
    }
  }
`;
