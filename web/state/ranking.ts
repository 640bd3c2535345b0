/** Orders vectors by how much they are like another one. Pure. */

export interface Ranked {
  /** Which vector. */
  readonly index: number;
  /** Cosine of the angle between the two, -1..1; 0 where one of them has no direction. */
  readonly likeness: number;
}

type Vector = ArrayLike<number>;

function dot(left: Vector, right: Vector): number {
  let sum = 0;
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

export function cosine(left: Vector, right: Vector): number {
  const lengths = Math.sqrt(dot(left, left) * dot(right, right));
  return left.length === right.length && lengths > 0 ? Math.min(1, Math.max(-1, dot(left, right) / lengths)) : 0;
}

/** The likest first; equals stay in their order. */
export const ranked = (asked: Vector, vectors: readonly Vector[]): readonly Ranked[] =>
  vectors.map((vector, index) => ({index, likeness: cosine(asked, vector)})).toSorted((left, right) => right.likeness - left.likeness);
