/** Calls of tools and their results as text, in the form that models with tools were trained on: JSON between tags. */
import type {ToolCall} from './chat-request.ts';

export const callOpening = '<tool_call>';
export const callClosing = '</tool_call>';
export const resultOpening = '<tool_response>';

/** What the model said when it called. Arguments that are not JSON stand as they are. */
export const callText = ({function: {name, arguments: given}}: ToolCall): string => `${callOpening}\n{"name": ${JSON.stringify(name)}, "arguments": ${given.trim() === '' ? '{}' : given}}\n${callClosing}`;

/** What came of it, as a user's message. */
export const resultText = (result: string): string => `${resultOpening}\n${result}\n</tool_response>`;
