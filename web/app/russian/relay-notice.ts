/** Russian: what the relay's operator tells everybody. */
import type {Sections} from '../sections.ts';

export const relayNotice: Sections['relayNotice'] = {
  label: 'Объявление ретранслятора',
  from: 'От оператора этого ретранслятора:',
  paused: 'Этот ретранслятор пока не принимает новых вопросов. Начатое продолжается.',
  dismiss: 'Скрыть объявление',
};
