/** An answer that has to be JSON of a schema: checked as a whole, told as it comes where it can't well be anything else. */
import {AnswerFault} from './answer-fault.ts';
import {jsonValue, withoutFence} from './call-forms.ts';
import type {Check} from './json-schema.ts';
import type {OutputReader} from './output.ts';

const fault = (what: string, words: string): AnswerFault => new AnswerFault({code: 'invalid_response_format', what, words});

/** @param holds whether nothing is told before all is checked; a code fence around it is then taken off */
export function formatReader(check: Check, {holds}: {holds: boolean}): OutputReader {
  let text = '';
  return {
    push: (piece) => {
      text += piece;
      return holds || piece === '' ? [] : [{is: 'text', text: piece}];
    },
    end: (reason) => {
      // Told as it is, as OpenAI does: the reason says that it is not whole.
      if (reason === 'length') return holds && text !== '' ? [{is: 'text', text}] : [];
      const source = holds ? withoutFence(text) : text;
      const parsed = jsonValue(source);
      if (!parsed) throw fault('it is not JSON', 'Your answer is not valid JSON. Write JSON and nothing else.');
      const misfit = check(parsed.value);
      if (misfit) throw fault(`it does not fit ${misfit.rule} of the schema`, `Your answer does not fit what was asked for. ${misfit.words}`);
      return holds ? [{is: 'text', text: source}] : [];
    },
  };
}
