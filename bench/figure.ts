/** One measured figure: printed as a JSON line, held against its target, which never decides the exit code. */

export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What `ratio` was measured against in the same run. */
  readonly baseline?: string;
  readonly ratio?: number;
  /** `>=0.9` or `<=25`: of the ratio where there is one, else of the value. */
  readonly target?: string;
}

/** The figure with its verdict. */
export function judged(figure: Figure): Figure & {ok?: boolean} {
  const found = /^([<>]=)(\d+(?:\.\d+)?)$/.exec(figure.target ?? '');
  if (!found) return figure;
  const measured = figure.ratio ?? figure.value;
  const bound = Number(found[2]);
  return {...figure, ok: found[1] === '>=' ? measured >= bound : measured <= bound};
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Rounds for print: four significant digits. */
export const rounded = (value: number): number => Number(value.toPrecision(4));
