/** Tools and format of a chat completion, as an answer is planned by them. */
import type {ChatRequest} from './chat-request.ts';
import type {PlanAsked} from './plan.ts';

export function plannedOf({tools = [], tool_choice: choice = 'auto', parallel_tool_calls: parallel = true, response_format: format, stream = false, stop = []}: ChatRequest): PlanAsked {
  return {
    tools: tools.map(({function: {name, description, parameters}}, index) => ({name, description, parameters, param: `tools.${index}.function`})),
    choice: typeof choice === 'string' ? choice : {name: choice.function.name},
    parallel,
    format: formatOf(format),
    stream,
    stop,
  };
}

const schemaPath = 'response_format.json_schema.schema';

function formatOf(asked: ChatRequest['response_format']): PlanAsked['format'] {
  if (asked?.type === 'json_object') return {schema: undefined, description: undefined, param: schemaPath};
  return asked?.type === 'json_schema' ? {schema: asked.json_schema.schema, description: asked.json_schema.description, param: schemaPath} : undefined;
}
