/** The only door to KaTeX; it loads with the first formula. */
export {render} from 'katex';
