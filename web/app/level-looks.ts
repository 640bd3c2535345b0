/** How a level is told: its name, its sign and the truth about it; never by colour alone. */
import {css, html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import type {Level} from '../state/views.ts';
import {texts} from './texts.ts';

export function levelName(level: Level): string {
  const {levelDevice, levelMine, levelNetwork} = texts.chat;
  return {device: levelDevice, mine: levelMine, network: levelNetwork}[level];
}

function levelNote(level: Level): string {
  const {levelDeviceNote, levelMineNote, levelNetworkNote} = texts.chat;
  return {device: levelDeviceNote, mine: levelMineNote, network: levelNetworkNote}[level];
}

const shapes: Readonly<Record<Level, SVGTemplateResult>> = {
  device: svg`<rect x="5" y="5" width="14" height="10" rx="1.5"/><path d="M2.5 19h19"/>`,
  mine: svg`<rect x="3" y="5" width="12" height="9" rx="1.5"/><path d="M6 18h6"/><rect x="16" y="9" width="5" height="10" rx="1.5"/>`,
  network: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17"/>`,
};

/** Who can read what is asked at this level. */
export const levelTruth = (level: Level): TemplateResult =>
  html`<svg class="icon level" data-level=${level} viewBox="0 0 24 24" aria-hidden="true">${shapes[level]}</svg>${levelNote(level)}`;

export const levelStyles = css`
  svg.level {
    width: 16px;
    height: 16px;
    margin-right: 5px;
    vertical-align: -3px;
  }

  svg.level[data-level='device'] { color: var(--good); }
  svg.level[data-level='mine'] { color: var(--accent); }
  svg.level[data-level='network'] { color: var(--warn); }
`;
