/** Has every element below a root render anew, as it must when the language changes: nothing is built again, so focus, scrolling and what was typed stay. */
import {LitElement} from 'lit';

export function renderAgain(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (!(element instanceof LitElement)) continue;
    element.requestUpdate();
    renderAgain(element.renderRoot);
  }
}
