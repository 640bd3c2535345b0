/** Matching: how long one choice takes with many nodes and a long queue, and how many promises are kept where clients draw the sets. */
import type {ModelHash, NodeId} from '#protocol/ids.ts';
import {limits} from '#protocol/limits.ts';
import {type MatchJob, Matching, type MatchNode} from '#protocol/matching.ts';
import {placesPerSweep} from '#protocol/roles/relay-places.ts';
import {type Figure, median, rounded} from './figure.ts';
import {ByChance, Unrestricted} from './match-baselines.ts';
import {ClusterSets} from './match-cluster.ts';
import {DrawnSets, type Knowledge} from './match-sets.ts';
import {type Scheduler, World} from './match-world.ts';

const model = 'ab'.repeat(32) as ModelHash;
const size = {nodes: 10_000, waiting: 100_000, clients: 10_000, set: 16, choices: 40_000};

const some = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

interface Crowd {
  readonly matching: Matching<MatchNode, MatchJob>;
  readonly nodes: readonly MatchNode[];
  /** Moves time on by so many ms, and gives it. */
  later(ms: number): number;
  job(): MatchJob;
}

/** Busy nodes, and jobs that wait for them. */
function crowd({nodes: count, waiting}: {nodes: number; waiting: number}): Crowd {
  const matching = new Matching<MatchNode, MatchJob>();
  const models = new Set([model]);
  const nodes = Array.from({length: count}, (_, index): MatchNode => ({id: `${index}` as NodeId, models, open: 1, taken: 1, lastBound: 0}));
  for (const node of nodes) {
    matching.join(node);
    for (let done = 0; done < 4; done += 1) matching.health.finished(node.id, {offerMs: 100, firstMs: 100, slotMs: 2000 + 8000 * Math.random()});
  }
  const clients = Array.from({length: size.clients}, () => ({}));
  let now = 1;
  const later = (ms: number) => (now += ms);
  const job = (): MatchJob => ({model, nodes: Array.from({length: size.set}, () => some(nodes).id), tried: new Set(), client: some(clients), weight: 1, asked: now});
  for (let placed = 0; placed < waiting; placed += 1) matching.place(job(), later(0.1));
  return {matching, nodes, later, job};
}

/** Times of single choices, microseconds: all nodes busy, each choice a node that becomes free or a job that comes. */
function choiceTimes(): readonly number[] {
  const {matching, nodes, later, job} = crowd(size);
  const times: number[] = [];
  for (let count = 0; count < size.choices / 2; count += 1) {
    const node = some(nodes);
    const coming = job();
    const now = later(1);
    node.taken = 0;
    let start = performance.now();
    matching.next(node, now);
    times.push((performance.now() - start) * 1000);
    start = performance.now();
    matching.place(coming, now);
    times.push((performance.now() - start) * 1000);
  }
  return times;
}

function decisions(): Figure[] {
  const times = choiceTimes().toSorted((left, right) => left - right);
  const at = `${size.nodes} nodes, ${size.waiting} waiting`;
  const worst = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  return [
    {bench: 'match', figure: `one choice, median, ${at}`, value: rounded(median(times)), unit: 'us', target: '<=100'},
    {bench: 'match', figure: `one choice, 99th percentile, ${at}`, value: rounded(worst), unit: 'us'},
  ];
}

interface Stage {
  readonly nodes: number;
  readonly jobs: number;
  readonly seeds: number;
  readonly loads: readonly number[];
  readonly sizes: readonly number[];
}

const baseline = 'any node, by known speeds';
/** What telling places again costs a sweep: the longest queue of a relay, for few nodes and for many. */
function looks(): Figure[] {
  return [200, 10_000].flatMap((nodes): Figure[] => {
    const {matching, later} = crowd({nodes, waiting: limits.maxQueue});
    const times: number[] = [];
    let seen = 0;
    let sweeps = 0;
    for (; seen < limits.maxQueue; sweeps += 1) {
      const start = performance.now();
      for (const {outlook} of matching.lookOver(later(1000), placesPerSweep)) if (outlook.position > 0) seen += 1;
      times.push(performance.now() - start);
    }
    const at = `${limits.maxQueue} waiting in sets of ${size.set} at ${nodes} nodes`;
    return [
      {bench: 'match', figure: `looking where jobs stand, median of a sweep, ${at}`, value: rounded(median(times)), unit: 'ms'},
      {bench: 'match', figure: `looking where jobs stand, longest of a sweep, ${at}`, value: rounded(Math.max(...times)), unit: 'ms'},
      {bench: 'match', figure: `until all were looked at, ${at}`, value: sweeps, unit: 's'},
    ];
  });
}

const percent = (share: number): number => rounded(share * 100);

/** Share of jobs that kept the promise, over all seeds, and what the last scheduler noted. */
function kept<S extends Scheduler>(stage: Stage, {load, make}: {load: number; make: (world: World) => S}): {share: number; scheduler: S | undefined} {
  let sum = 0;
  let scheduler: S | undefined;
  for (let seed = 1; seed <= stage.seeds; seed += 1) {
    const world = new World({nodes: stage.nodes, jobs: stage.jobs, load, seed: seed * 7919});
    scheduler = make(world);
    sum += world.run(scheduler);
  }
  return {share: sum / stage.seeds, scheduler};
}

const knowledgeNames: Readonly<Record<Knowledge, string>> = {none: 'by chance', shared: 'by measured speed', own: 'by what each client measured'};

function attainment(stage: Stage, load: number): Figure[] {
  const about = `${stage.nodes} nodes, load ${load}`;
  const best = kept(stage, {load, make: (world) => new Unrestricted(world)}).share;
  const figure = (name: string, share: number, target?: string): Figure => ({
    bench: 'match', figure: `promises kept, ${about}: ${name}`, value: percent(share), unit: '%', baseline, ratio: rounded(share / best), ...(target ? {target} : {}),
  });
  const figures: Figure[] = [{bench: 'match', figure: `promises kept, ${about}: ${baseline}`, value: percent(best), unit: '%'}];
  const drawn = (set: number, knowledge: Knowledge) => kept(stage, {load, make: (world) => new DrawnSets(world, {size: set, knowledge})});
  for (const set of stage.sizes) {
    const {share, scheduler} = drawn(set, 'shared');
    figures.push(figure(`sets of ${set}, ${knowledgeNames.shared}`, share, set === 16 && stage.nodes <= 10_000 ? '>=0.97' : undefined));
    const ratios = scheduler?.waits.map(({estimatedMs, actualMs}) => actualMs / estimatedMs) ?? [];
    if (set === 16 && ratios.length > 100) figures.push({bench: 'match', figure: `wait over estimate, median, ${about}: sets of 16`, value: rounded(median(ratios)), unit: 'ratio'});
  }
  for (const knowledge of stage.nodes <= 10_000 ? (['own', 'none'] as const) : []) figures.push(figure(`sets of 16, ${knowledgeNames[knowledge]}`, drawn(16, knowledge).share));
  if (stage.nodes === 2000) {
    const alone = kept(stage, {load, make: (world) => new ClusterSets(world, {relays: 1, size: 16})}).share;
    for (const relays of [3, 10]) {
      const {share} = kept(stage, {load, make: (world) => new ClusterSets(world, {relays, size: 16})});
      figures.push({bench: 'match', figure: `promises kept, ${about}: ${relays} relays of one cluster`, value: percent(share), unit: '%', baseline: 'one relay with all nodes', ratio: rounded(share / alone)});
    }
  }
  if (stage.nodes <= 200) figures.push(figure('any node, by what the relay saw', drawn(Infinity, 'none').share));
  if (stage.nodes <= 10_000) figures.push(figure('one node by chance', kept(stage, {load, make: (world) => new ByChance(world)}).share));
  return figures;
}

const stages: readonly Stage[] = [
  {nodes: 200, jobs: 12_000, seeds: 3, loads: [0.3, 0.5, 0.85], sizes: [4, 8, 16, 32]},
  {nodes: 2000, jobs: 40_000, seeds: 2, loads: [0.3, 0.5, 0.85], sizes: [4, 8, 16, 32]},
  // So few jobs that a node has one or two: what a relay does that has just begun.
  {nodes: 100_000, jobs: 150_000, seeds: 1, loads: [0.5], sizes: [16]},
];

/** Choices in microseconds, promises kept in percent. */
export async function measure(): Promise<readonly Figure[]> {
  return [...decisions(), ...looks(), ...stages.flatMap((stage) => stage.loads.flatMap((load) => attainment(stage, load)))];
}
