/** Lets NetworkError keep its code across a worker: Comlink by itself drops every field but name, message and stack. Imported by both ends. */
import {transferHandlers, type TransferHandler} from 'comlink';
import {codeOf, NetworkError} from '#protocol/errors.ts';

interface Thrown {
  value: unknown;
}
interface WireError {
  code: ReturnType<typeof codeOf>;
  message: string;
}

const handler: TransferHandler<Thrown, WireError> = {
  canHandle: (value): value is Thrown => transferHandlers.get('throw')?.canHandle(value) ?? false,
  serialize: ({value}) => [{code: codeOf(value), message: value instanceof Error ? value.message : String(value)}, []],
  deserialize: ({code, message}) => {
    const error = new NetworkError(code);
    error.message = message;
    throw error;
  },
};
const original = transferHandlers.get('throw');
const canHandle = original?.canHandle.bind(original);

/** Installs the handler; call once at the start of the page and of the worker. */
export function keepErrorCodes(): void {
  if (canHandle) transferHandlers.set('throw', {...handler, canHandle: canHandle as (value: unknown) => value is Thrown} as TransferHandler<unknown, unknown>);
}
