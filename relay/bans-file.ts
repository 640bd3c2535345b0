/** Whom an operator keeps out, in a file: `[{"who": "203.0.113.7" or a node's id, "until": "2027-01-01T00:00:00Z", "reason": "..."}]`. */
import {readFile} from 'node:fs/promises';
import * as v from 'valibot';
import type {Ban, BanKey} from '#protocol/roles/relay-bans.ts';
import {plainAddress, prefixOf} from './admission.ts';

const someone = v.pipe(
  v.string(),
  v.rawTransform(({dataset, addIssue, NEVER}) => {
    if (/^[0-9a-f]{64}$/.test(dataset.value)) return dataset.value;
    const plain = plainAddress(dataset.value);
    if (plain !== undefined) return prefixOf(plain);
    addIssue({message: 'must be an address or the id of a node (64 hex digits)'});
    return NEVER;
  }),
);
const time = v.pipe(v.string(), v.isoTimestamp('must be a time such as 2027-01-01T00:00:00Z'), v.transform(Date.parse));

const schema = v.array(v.strictObject({
  who: someone,
  /** Without it, for good. */
  until: v.optional(time, '9999-12-31T00:00:00Z'),
  /** For whoever reads the file; nobody is told. */
  reason: v.optional(v.string()),
}));

/** Rejects with what is wrong, in a sentence for the operator. */
export async function readBans(file: string): Promise<ReadonlyMap<BanKey, Ban>> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(undefined, 'is not JSON'), schema), await readFile(file, 'utf8'));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(`${file}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
  }
  return new Map(parsed.output.map(({who, until}) => [who, {until, code: 'refused'}]));
}
