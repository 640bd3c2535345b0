/** The few drawings of the app, 24 by 24, drawn by the colour of the text around them. */
import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;

export const chatIcon = icon(svg`<path d="M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.6-2.6A7.5 7.5 0 1 1 20 11.5Z"/>`);
export const tasksIcon = icon(svg`<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="8.5" cy="9.5" r="1.5"/><path d="m4 17 5-4.5 3.5 3 3-3 4.5 4"/>`);
export const shareIcon = icon(svg`<rect x="6" y="6" width="12" height="12" rx="2.5"/><path d="M10 2.5V6m4-3.5V6m-4 12v3.5m4-3.5v3.5M2.5 10H6m-3.5 4H6m12-4h3.5M18 14h3.5"/>`);
export const settingsIcon = icon(svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>`);
export const walletIcon = icon(svg`<path d="M4 8.5A2.5 2.5 0 0 1 6.5 6h11A2.5 2.5 0 0 1 20 8.5v8a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 16.5Z"/><path d="M20 10.5h-4a2 2 0 0 0 0 4h4"/>`);
export const networkIcon = icon(svg`<circle cx="12" cy="5.5" r="2.5"/><circle cx="5.5" cy="18" r="2.5"/><circle cx="18.5" cy="18" r="2.5"/><path d="m10.8 7.7-4 8.1m6.4-8.1 4 8.1M8 18h8"/>`);
export const privacyIcon = icon(svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.75"/>`);
export const plusIcon = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const binIcon = icon(svg`<path d="M4.5 7h15M9.5 7V4.5h5V7m3.5 0-.8 12.5H6.8L6 7m4 4v5m4-5v5"/>`);
export const copyIcon = icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5v-2a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>`);
export const againIcon = icon(svg`<path d="M19 12a7 7 0 1 1-2.3-5.2M19.5 3.5v4.2h-4.2"/>`);
export const listIcon = icon(svg`<path d="M4 6.5h16M4 12h16M4 17.5h10"/>`);
export const sendIcon = icon(svg`<path d="M12 19V5m-6 6 6-6 6 6"/>`);
export const stopIcon = icon(svg`<rect x="6.5" y="6.5" width="11" height="11" rx="1.5"/>`);
export const downIcon = icon(svg`<path d="M12 5v14m-6-6 6 6 6-6"/>`);
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const aboutIcon = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5m0-8.2v.2"/>`);
export const moreIcon = icon(svg`<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>`);
export const installIcon = icon(svg`<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14"/>`);
export const editIcon = icon(svg`<path d="m5 19 .8-4L15.5 5.3a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L9 18.2 5 19Z"/>`);
export const previousIcon = icon(svg`<path d="m14 6-6 6 6 6"/>`);
export const nextIcon = icon(svg`<path d="m10 6 6 6-6 6"/>`);
export const temporaryIcon = icon(svg`<circle cx="12" cy="12" r="8" stroke-dasharray="3.6 2.7"/>`);

/** The mark: a silk moth with open wings, as in public/icons/icon.svg. */
export const mark = html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
  <g fill="currentColor">
    <path d="M31 27C27 15 14 9.5 6.5 14 5 24.5 13.5 35.5 31 36Z"/>
    <path d="M33 27C37 15 50 9.5 57.5 14 59 24.5 50.5 35.5 33 36Z"/>
    <path opacity=".7" d="M29.5 37.5C21 37 13.5 42 14 50 20.5 55.5 29 51 29.5 41Z"/>
    <path opacity=".7" d="M34.5 37.5C43 37 50.5 42 50 50 43.5 55.5 35 51 34.5 41Z"/>
    <ellipse cx="32" cy="37" rx="3" ry="11.5"/>
  </g>
  <path d="M31.3 26C30.5 20.5 28.5 17 25.5 14.5M32.7 26C33.5 20.5 35.5 17 38.5 14.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>
</svg>`;
