/** A repository on Hugging Face at one commit: its list of files and its licence, by the hub's API. */
import * as v from 'valibot';
import {bytesAt, type ListedFile, type ModelFiles} from './model-files.ts';

const hubAddress = 'https://huggingface.co';

const revisionSchema = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  cardData: v.optional(v.nullable(v.object({license: v.optional(v.unknown())}))),
});
const treeSchema = v.array(v.object({type: v.string(), path: v.string(), size: v.number(), lfs: v.optional(v.object({oid: v.string()}))}));

export interface Repository {
  /** `owner/name` */
  readonly name: string;
  /** A commit, or the name of a branch or tag, which is looked up. */
  readonly revision: string;
}

/** The repository that an address on the hub names; undefined for other addresses. */
export function repositoryOf(address: string): Repository | undefined {
  const found = /^https:\/\/huggingface\.co\/([\w.-]+\/[\w.-]+)(?:\/(?:tree|resolve|commit)\/([\w.-]+))?\/?$/.exec(address);
  return found?.[1] === undefined ? undefined : {name: found[1], revision: found[2] ?? 'main'};
}

/** @param hub another address of the hub, such as a copy in one's own network @throws Error that says what the hub answered */
export async function repositoryFiles({name, revision}: Repository, hub: string = hubAddress): Promise<ModelFiles> {
  const about = v.parse(revisionSchema, (await ask(`${hub}/api/models/${name}/revision/${revision}`)).json);
  const files: ListedFile[] = [];
  for (let page: string | undefined = `${hub}/api/models/${name}/tree/${about.sha}?recursive=true`; page !== undefined; ) {
    const {json, next} = await ask(page);
    for (const {type, path, lfs} of v.parse(treeSchema, json)) if (type === 'file') files.push({path, ...(lfs ? {sha256: lfs.oid} : {})});
    page = next;
  }
  const license = about.cardData?.license;
  const below = (path: string): string => `/${name}/resolve/${about.sha}/${path}`;
  return {
    source: hubAddress + below(''),
    files: files.filter(({path}) => !path.split('/').some((part) => part.startsWith('.'))),
    ...(typeof license === 'string' ? {licence: license} : {}),
    open: ({path, url}) => bytesAt(url ?? hub + below(path)),
  };
}

async function ask(url: string): Promise<{json: unknown; next: string | undefined}> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}. Check the name of the repository and its revision.`);
  const next = /<([^>]+)>; *rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  return {json: await response.json(), next: next === undefined ? undefined : new URL(next, url).href};
}
