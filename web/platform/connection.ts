/** What the browser says of the connection; not every browser does. */

/** The parts that we read. */
interface Connection extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Undefined where the browser says nothing. */
export const connection = (): Connection | undefined => (navigator as {readonly connection?: Connection}).connection;

/** Whether bytes cost money here; undefined where nobody knows. */
export function isMetered(): boolean | undefined {
  const now = connection();
  return now && (now.saveData === true || now.type === 'cellular');
}
