/**
 * The client role with OpenAI's face: a function from a request to an answer, for a gateway's server and for a page's `fetch` alike.
 * Everything is sealed behind it, and no word of it is kept.
 */
import {NetworkError} from '#protocol/errors.ts';
import {chatCompletions} from './chat.ts';
import {Companions} from './companions.ts';
import {completions} from './completions.ts';
import {embeddings} from './embeddings.ts';
import {type Exchange, freshId} from './exchange.ts';
import {listModels, oneModel} from './model-list.ts';
import type {FaceOptions} from './network.ts';
import {Refusal, refusalOf} from './refusal.ts';
import {responses} from './responses.ts';
import {transcriptions} from './transcriptions.ts';

type Route = (exchange: Exchange) => Promise<Response>;

const routes: Readonly<Record<string, Route>> = {
  'GET /v1/models': listModels,
  'POST /v1/audio/transcriptions': transcriptions,
  'POST /v1/chat/completions': chatCompletions,
  'POST /v1/completions': completions,
  'POST /v1/embeddings': embeddings,
  'POST /v1/responses': responses,
};
const oneModelPath = /^\/v1\/models\/([^/]+)$/;

/** Answers a request; never throws. A caller that leaves (its signal, or its reading of the answer) ends the question. */
export function openAiFace(options: FaceOptions): (request: Request) => Promise<Response> {
  const companions = new Companions();
  return (request) => answer(request, {options, companions});
}

async function answer(request: Request, face: Pick<Exchange, 'options' | 'companions'>): Promise<Response> {
  const asking = new AbortController();
  const leave = () => asking.abort(new NetworkError('cancelled', 'the caller left'));
  if (request.signal.aborted) leave();
  request.signal.addEventListener('abort', leave, {once: true});
  let response: Response;
  try {
    response = await routeOf(request)({...face, request, asking});
  } catch (error) {
    response = refused(refusalOf(error));
  }
  response.headers.set('x-request-id', freshId('req'));
  return response;
}

/** @throws Refusal 404, 405 */
function routeOf({method, url}: Request): Route {
  const {pathname} = new URL(url);
  const route = routes[`${method} ${pathname}`];
  if (route) return route;
  const model = method === 'GET' ? oneModelPath.exec(pathname)?.[1] : undefined;
  if (model !== undefined) return (exchange) => oneModel(exchange, decoded(model));
  const others = Object.keys(routes).filter((known) => known.endsWith(` ${pathname}`)).map((known) => known.split(' ')[0]);
  if (others.length > 0) throw new Refusal({status: 405, message: `This address takes ${others.join(', ')}.`, code: 'method_not_allowed'});
  throw new Refusal({status: 404, message: 'There is no such address here. docs/gateway.md lists them.', code: 'unknown_url'});
}

/** What is not encoded well names no model. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A refusal as an answer. */
export function refused({status, body, retryAfter}: Refusal): Response {
  const headers = {'content-type': 'application/json; charset=utf-8', ...(retryAfter === undefined ? {} : {'retry-after': String(retryAfter)})};
  return new Response(JSON.stringify(body), {status, headers});
}
