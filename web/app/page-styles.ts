/** The looks of pages that are read from top to bottom, and of the cards on them. */
import {css} from 'lit';
import {cardStyles} from './card-styles.ts';

export const pageStyles = [cardStyles, css`
  :host {
    max-width: 776px;
    margin: 0 auto;
    padding: 28px 24px 56px;
  }

  @media (max-width: 719px) {
    :host {
      padding: 20px 16px 40px;
    }
  }
`];
