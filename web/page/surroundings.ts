/** How the device is right now, as far as the browser says: power, connection, and whether the page is shown. */
import type {Surroundings} from '../state/limits.ts';

/** The parts of two interfaces that not every browser has. */
interface Battery extends EventTarget {
  readonly charging: boolean;
}
interface Connection extends EventTarget {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** Schedules are kept to the minute. */
const tickMs = 60_000;

/** Calls `onChange` now, at each change, and once a minute. */
export async function followSurroundings(onChange: (surroundings: Surroundings) => void): Promise<void> {
  const {connection, getBattery} = navigator as Navigator & {readonly connection?: Connection; getBattery?(): Promise<Battery>};
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  const look = () =>
    onChange({
      onBattery: battery && !battery.charging,
      metered: connection && (connection.saveData === true || connection.type === 'cellular'),
      hidden: document.visibilityState === 'hidden',
    });
  battery?.addEventListener('chargingchange', look);
  connection?.addEventListener('change', look);
  document.addEventListener('visibilitychange', look);
  setInterval(look, tickMs);
  look();
}
