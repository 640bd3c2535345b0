/** The settings for a cluster: the bus that its relays speak over. */
import {resolve} from 'node:path';
import * as v from 'valibot';
import {origins} from './config-fields.ts';

const server = /^nats:\/\/[\w.\-:[\]]{1,255}$/;

export const clusterKeys = {
  BOMBYX_BUS: v.pipe(v.optional(v.string(), ''), v.check((text) => text === '' || text.split(',').every((each) => server.test(each)), 'must be like nats://10.0.0.5:4222, several with commas between; a token goes into a file that BOMBYX_BUS_TOKEN_FILE names')),
  BOMBYX_BUS_TOKEN_FILE: v.optional(v.string(), ''),
  BOMBYX_CLUSTER_RELAYS: origins,
  BOMBYX_CLUSTER: v.pipe(v.optional(v.string(), 'main'), v.regex(/^[a-z\d-]{1,32}$/, 'must be at most 32 small letters, digits and hyphens')),
};
type ClusterValues = v.InferOutput<v.ObjectSchema<typeof clusterKeys, undefined>>;

export interface ClusterConfig {
  /** NATS servers, with commas between. */
  readonly servers: string;
  readonly tokenFile: string | undefined;
  /** Relays of one name form one cluster. */
  readonly name: string;
  /** Where clients and the others reach this relay. */
  readonly url: string;
  /** Where the others are. */
  readonly relays: readonly string[];
  /** Whether another relay of the cluster keeps the books of this one's clients and nodes. */
  readonly booksElsewhere: boolean;
}

/** @param refuse throws with a reason */
export function readCluster(values: ClusterValues, {publicUrl, network, refuse}: {publicUrl: string | undefined; network: string; refuse: (reason: string) => never}): ClusterConfig | undefined {
  const booksElsewhere = network === 'cluster';
  if (values.BOMBYX_BUS === '') return booksElsewhere ? refuse('BOMBYX_NETWORK=cluster leaves the books to another relay, so BOMBYX_BUS must say how to reach it') : undefined;
  if (publicUrl === undefined) return refuse('BOMBYX_BUS makes it one of a cluster, so BOMBYX_PUBLIC_URL must say where clients reach it');
  const relays = values.BOMBYX_CLUSTER_RELAYS.filter((relay) => relay !== publicUrl);
  if (relays.length === 0) return refuse('BOMBYX_BUS makes it one of a cluster, so BOMBYX_CLUSTER_RELAYS must name the others');
  const tokenFile = values.BOMBYX_BUS_TOKEN_FILE === '' ? undefined : resolve(values.BOMBYX_BUS_TOKEN_FILE);
  return {servers: values.BOMBYX_BUS, tokenFile, name: values.BOMBYX_CLUSTER, url: publicUrl, relays, booksElsewhere};
}
