/** The looks of the frame: a rail beside the page on wide screens, a bar above and below it on phones. */
import {css} from 'lit';

export const shellStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / 240px minmax(0, 1fr);
    grid-template-areas: 'rail update' 'rail main';
    height: 100dvh;
    background: var(--ground);
    color: var(--ink);
  }

  .skip {
    position: absolute;
    z-index: 4;
    top: -80px;
    left: 8px;
  }

  .skip:focus {
    top: 8px;
  }

  .notices {
    grid-area: update;
    min-width: 0;
  }

  .failure {
    max-width: 40rem;
    padding: 32px 24px;
  }

  main {
    grid-area: main;
    min-width: 0;
    min-height: 0;
    overflow-y: auto;
  }

  .rail {
    grid-area: rail;
    display: flex;
    flex-direction: column;
    gap: 16px;
    min-height: 0;
    padding: 16px 12px;
    border-right: 1px solid var(--line);
    background: var(--sunken);
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
    padding: 0 8px;
    border-radius: var(--radius);
    color: var(--ink);
    font-size: 1.125rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    text-decoration: none;
  }

  .mark {
    width: 32px;
    height: 32px;
    color: var(--accent);
  }

  nav {
    display: grid;
    gap: 4px;
  }

  nav a {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    padding: 0 12px;
    border-radius: var(--radius);
    color: var(--ink);
    text-decoration: none;
  }

  nav a:hover {
    background: var(--line);
    color: var(--ink);
  }

  nav a:is([aria-current='page'], [aria-current='true']) {
    background: var(--surface);
    color: var(--accent);
    font-weight: 600;
  }

  @media (forced-colors: active) {
    nav a:is([aria-current='page'], [aria-current='true']) { outline: 2px solid Highlight; outline-offset: -2px; }
  }

  .foot {
    display: grid;
    gap: 8px;
    margin-top: auto;
  }

  /* What the rail lists below a line. */
  nav .wide {
    min-height: 40px;
    color: var(--ink-soft);
    font-size: 0.9375rem;
  }

  nav :not(.wide) + .wide {
    margin-top: 12px;
  }

  .narrow, nav .narrow {
    display: none;
  }

  @media (max-width: 719px) {
    :host {
      grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
      grid-template-areas: 'top' 'update' 'main' 'bottom';
    }

    .rail {
      display: contents;
    }

    .top {
      grid-area: top;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      padding: 4px 8px;
      padding-top: max(4px, env(safe-area-inset-top));
      border-bottom: 1px solid var(--line);
      background: var(--sunken);
    }

    .foot {
      display: none;
    }

    .narrow {
      display: block;
    }

    nav .wide {
      display: none;
    }

    nav {
      grid-area: bottom;
      /* Alike, but a long word takes what the short ones leave. */
      grid-template-columns: repeat(4, minmax(auto, 1fr));
      gap: 0;
      padding: 2px 4px max(2px, env(safe-area-inset-bottom));
      border-top: 1px solid var(--line);
      background: var(--sunken);
    }

    nav a {
      flex-direction: column;
      justify-content: center;
      gap: 2px;
      min-height: 54px;
      padding: 4px 2px;
      font-size: clamp(0.6875rem, 3.2vw, 0.75rem);
      white-space: nowrap;
    }

    nav a.narrow {
      display: flex;
    }

    nav a:is([aria-current='page'], [aria-current='true']) {
      background: transparent;
    }

    /* A long status needs the room of the name. */
    @media (max-width: 379px) {
      .top:has(.narrow[busy]) .brand span { display: none; }
    }

    notice-bar {
      --above: 48px;
    }
  }
`;
