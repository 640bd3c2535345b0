/** The looks that the cards of the wallet page share. */
import {css} from 'lit';
import {factStyles} from './fact-styles.ts';
import {pageStyles} from './page-styles.ts';

export const walletStyles = [pageStyles, factStyles, css`
  :host {
    display: block;
    max-width: none;
    padding: 0;
  }
`];
