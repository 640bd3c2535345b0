/** An answer that is not what was asked for: the model may be told why and asked once more. */
import {Refusal} from './refusal.ts';

export interface Fault {
  readonly code: 'invalid_tool_call' | 'invalid_response_format';
  /** What was wrong, for whoever asked: nothing of the answer itself. */
  readonly what: string;
  /** What was wrong, for the model. */
  readonly words: string;
}

const sentences = {
  invalid_tool_call: 'The model called no tool in a valid way',
  invalid_response_format: 'The answer is not of the format that was asked for',
} as const;

export class AnswerFault extends Refusal {
  override name = 'AnswerFault';
  readonly words: string;

  constructor({code, what, words}: Fault) {
    super({status: 502, type: 'server_error', code, message: `${sentences[code]}: ${what}. What came of it was dropped or is not whole. Try again, or choose a larger model.`});
    this.words = words;
  }
}
