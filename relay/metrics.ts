/** Numbers in the text format of Prometheus, version 0.0.4. Labels come from closed lists: what a stranger sends never becomes one. */

export type Labels = Readonly<Record<string, string>>;
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

interface About {
  readonly name: string;
  readonly help: string;
}
interface Family extends About {
  readonly type: 'counter' | 'gauge' | 'histogram';
  lines(): readonly string[];
}

export class Metrics {
  readonly #families = new Map<string, Family>();

  /** Counts by a label of these values, or without one. A value outside the list is a mistake of ours and counts nothing. */
  counter<V extends string = never>({name, help, label, values = []}: About & {readonly label?: string; readonly values?: readonly V[]}): (value?: V, by?: number) => void {
    const sums = new Map<V | undefined, number>(label === undefined ? [[undefined, 0]] : values.map((value) => [value, 0]));
    const read = () => [...sums].map(([value, sum]) => ({value: sum, ...(label !== undefined && value !== undefined ? {labels: {[label]: value}} : {})}));
    this.read({name, help, type: 'counter', read});
    return (value, by = 1) => {
      const sum = sums.get(value);
      if (sum !== undefined) sums.set(value, sum + by);
    };
  }

  /** What is kept elsewhere and read when somebody asks; its labels must come from closed lists. */
  read({name, help, type = 'gauge', read}: About & {readonly type?: 'counter' | 'gauge'; readonly read: () => number | readonly Sample[]}): void {
    const lines = () => {
      const samples = read();
      return (typeof samples === 'number' ? [{value: samples}] : samples).map(({labels, value}: Sample) => lineOf(name, {labels, value}));
    };
    this.#add({name, help, type, lines});
  }

  /** @param buckets upper ends, rising; one without end is added */
  histogram({name, help, buckets}: About & {readonly buckets: readonly number[]}): (value: number) => void {
    const counts = buckets.map(() => 0);
    let [sum, count] = [0, 0];
    const lines = () => [
      ...buckets.map((end, index) => lineOf(`${name}_bucket`, {labels: {le: String(end)}, value: counts[index] ?? 0})),
      lineOf(`${name}_bucket`, {labels: {le: '+Inf'}, value: count}),
      lineOf(`${name}_sum`, {value: sum}),
      lineOf(`${name}_count`, {value: count}),
    ];
    this.#add({name, help, type: 'histogram', lines});
    return (value) => {
      sum += value;
      count += 1;
      for (const [index, end] of buckets.entries()) if (value <= end) counts[index] = (counts[index] ?? 0) + 1;
    };
  }

  get names(): readonly string[] {
    return [...this.#families.keys()];
  }

  text(): string {
    return [...this.#families.values()].map(({name, help, type, lines}) => [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`, ...lines(), ''].join('\n')).join('');
  }

  #add(family: Family): void {
    if (!/^[a-z][a-z\d_]*$/.test(family.name) || this.#families.has(family.name)) throw new Error(`${family.name} is no new name`);
    this.#families.set(family.name, family);
  }
}

function lineOf(name: string, {labels = {}, value}: {readonly labels?: Labels | undefined; readonly value: number}): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${numberOf(value)}`;
}

const numberOf = (value: number): string => (Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf');
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
