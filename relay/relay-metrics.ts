/** What the relay counts, by name. An identity, an address or a word of a stranger is never among the labels. */
import {monitorEventLoopDelay} from 'node:perf_hooks';
import {type ErrorCode, errorTable} from '#protocol/errors.ts';
import type {HubCount} from '#protocol/roles/relay-watch.ts';
import type {Hub} from '#protocol/roles/relay.ts';
import type {Cluster} from './cluster/cluster.ts';
import type {Log} from './log.ts';
import {Metrics, type Sample} from './metrics.ts';

const codes = Object.keys(errorTable) as ErrorCode[];
const linkKinds = ['websocket', 'webrtc'] as const;
/** Of these the treasury tells in the log, too. */
const moneyEvents = ['claimed', 'claim-refused', 'claim-unconfirmed', 'treasury-waits', 'vouchers-lost', 'chain-down'] as const;
const refusedStatuses = ['403', '404', '429', '503'] as const;
/** s; the longest wait before `busy` is a minute. */
const waits = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const loopResolutionMs = 20;

export type RefusedStatus = (typeof refusedStatuses)[number];

export interface RelayMetrics {
  readonly metrics: Metrics;
  readonly onCount: (count: HubCount) => void;
  readonly onLink: (kind: (typeof linkKinds)[number]) => void;
  /** A link was refused before it was one. */
  readonly onRefusal: (status: RefusedStatus) => void;
  /** An address had too many HTTP connections, or requests behind a proxy, at once. */
  readonly onConnectionRefused: () => void;
  readonly onCluster: (cluster: Pick<Cluster, 'isUp' | 'size' | 'nodes'>) => void;
  /** Credentials for the TURN server were given out. */
  readonly onTurnIssued: () => void;
  /** `log`, counted. */
  readonly log: Log;
  close(): void;
}

/** @param hub is asked only while somebody reads */
export function relayMetrics({hub, log, draining, money}: {hub: () => Hub; log: Log; draining: () => boolean; money: boolean}): RelayMetrics {
  const metrics = new Metrics();
  const onLink = metrics.counter({name: 'bombyx_links_opened_total', help: 'Links that were opened, by how they are carried.', label: 'kind', values: linkKinds});
  const onRefusal = metrics.counter({name: 'bombyx_link_refusals_total', help: 'Links that were refused before they opened, by HTTP status.', label: 'status', values: refusedStatuses});
  const onConnectionRefused = metrics.counter({name: 'bombyx_connection_refusals_total', help: 'HTTP connections and requests refused because one address had too many at once.'});
  const onTurnIssued = metrics.counter({name: 'bombyx_turn_credentials_issued_total', help: 'Credentials for the TURN server that were given out.'});
  addHub(metrics, hub);
  const onCount = addJobs(metrics);
  metrics.read({name: 'bombyx_draining', help: '1 while the relay takes no new jobs: it goes away, or its operator says so.', read: () => Number(draining())});
  const lines = metrics.counter({name: 'bombyx_log_lines_total', help: 'Lines of the log, by level.', label: 'level', values: ['info', 'warn', 'error']});
  const events = money ? metrics.counter({name: 'bombyx_money_events_total', help: 'What the treasury met.', label: 'event', values: moneyEvents}) : undefined;
  const counted: Log = (level, event, fields) => {
    lines(level);
    events?.(event as (typeof moneyEvents)[number]);
    log(level, event, fields);
  };
  const onCluster = (cluster: Parameters<RelayMetrics['onCluster']>[0]) => addCluster(metrics, cluster);
  return {metrics, onCount, onLink, onRefusal, onConnectionRefused, onTurnIssued, onCluster, log: counted, close: addProcess(metrics)};
}

function addHub(metrics: Metrics, hub: () => Hub): void {
  const present = (): Sample[] => Object.entries(hub().links()).flatMap(([role, kinds]) => linkKinds.map((kind) => ({labels: {role, kind}, value: kinds[kind]})));
  const passed = (what: 'frames' | 'bytes') => (): Sample[] => Object.entries(hub().passed).map(([to, sum]) => ({labels: {to}, value: sum[what]}));
  metrics.read({name: 'bombyx_links', help: 'Links that are open now.', read: present});
  metrics.read({name: 'bombyx_forwarded_frames_total', help: 'Frames passed on unread, by the side they went to.', type: 'counter', read: passed('frames')});
  metrics.read({name: 'bombyx_forwarded_bytes_total', help: 'Bytes of these frames.', type: 'counter', read: passed('bytes')});
  metrics.read({name: 'bombyx_jobs_waiting', help: 'Jobs without a computer.', read: () => hub().census().waiting});
  metrics.read({name: 'bombyx_jobs_running', help: 'Jobs that a computer has.', read: () => hub().census().jobs});
  metrics.read({name: 'bombyx_slots_idle', help: 'Slots of computers that no job has.', read: () => hub().supply().reduce((sum, {idle}) => sum + idle, 0)});
}

function addCluster(metrics: Metrics, cluster: Parameters<RelayMetrics['onCluster']>[0]): void {
  metrics.read({name: 'bombyx_bus_up', help: '1 while the bus of the cluster can be reached.', read: () => Number(cluster.isUp)});
  metrics.read({name: 'bombyx_cluster_relays', help: 'Other relays that are heard.', read: () => cluster.size});
  metrics.read({name: 'bombyx_cluster_nodes', help: 'Computers at these.', read: () => cluster.nodes});
}

function addJobs(metrics: Metrics): (count: HubCount) => void {
  const asked = metrics.counter({name: 'bombyx_jobs_asked_total', help: 'Jobs that clients asked for.'});
  const matched = metrics.counter({name: 'bombyx_jobs_matched_total', help: 'Jobs that were bound to a computer.'});
  const rematched = metrics.counter({name: 'bombyx_jobs_rematched_total', help: 'Times that a job was bound to another computer.'});
  const ended = metrics.counter({name: 'bombyx_jobs_ended_total', help: 'Jobs that are over, by how.', label: 'outcome', values: ['released', 'cancelled', 'redirected', 'failed']});
  const failed = metrics.counter({name: 'bombyx_jobs_failed_total', help: 'Jobs that failed as far as a relay can see, by code.', label: 'code', values: codes});
  const refused = metrics.counter({name: 'bombyx_refusals_total', help: 'Frames that were not taken and links closed for what they did, by code.', label: 'code', values: codes});
  const match = metrics.histogram({name: 'bombyx_match_seconds', help: 'From asking to being bound to a computer.', buckets: waits});
  const offer = metrics.histogram({name: 'bombyx_offer_seconds', help: 'From asking to the offer.', buckets: waits});
  const first = metrics.histogram({name: 'bombyx_first_frame_seconds', help: 'From asking to the first frame of the answer.', buckets: waits});
  return (count) => {
    if (count.is === 'asked') asked();
    else if (count.is === 'matched') {
      matched();
      match(count.ms / 1000);
    } else if (count.is === 'rematched') rematched();
    else if (count.is === 'offered') offer(count.ms / 1000);
    else if (count.is === 'answering') first(count.ms / 1000);
    else if (count.is === 'refused') refused(count.code);
    else {
      ended(count.outcome);
      if (count.outcome === 'failed') failed(count.code);
    }
  };
}

/** Returns what ends the measuring. */
function addProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({resolution: loopResolutionMs});
  delay.enable();
  /** Above the resolution: what is below it is no delay. Begins anew with each reading. */
  const delays = (): Sample[] => {
    const samples = [50, 99, 100].map((percent) => ({labels: {quantile: String(percent / 100)}, value: Math.max(0, delay.percentile(percent) / 1e9 - loopResolutionMs / 1000)}));
    delay.reset();
    return samples;
  };
  metrics.read({name: 'bombyx_event_loop_delay_seconds', help: 'How late the event loop was since the last reading.', read: delays});
  metrics.read({name: 'bombyx_memory_resident_bytes', help: 'Memory of the process.', read: () => process.memoryUsage.rss()});
  metrics.read({name: 'bombyx_memory_heap_bytes', help: 'JavaScript heap in use.', read: () => process.memoryUsage().heapUsed});
  metrics.read({
    name: 'bombyx_cpu_seconds_total',
    help: 'Processor time of the process.',
    type: 'counter',
    read: () => {
      const {user, system} = process.cpuUsage();
      return (user + system) / 1e6;
    },
  });
  const startedAt = Math.round(Date.now() - process.uptime() * 1000) / 1000;
  metrics.read({name: 'bombyx_start_time_seconds', help: 'When the process began, s since 1970.', read: () => startedAt});
  return () => void delay.disable();
}
