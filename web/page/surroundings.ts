/** How the device is right now, as far as the browser says: power, connection, and whether the page is shown. */
import {connection, isMetered} from '../platform/connection.ts';
import type {Surroundings} from '../state/limits.ts';

/** The part of an interface that not every browser has. */
interface Battery extends EventTarget {
  readonly charging: boolean;
}

/** Schedules are kept to the minute. */
const tickMs = 60_000;

/** Calls `onChange` now, at each change, and once a minute. */
export async function followSurroundings(onChange: (surroundings: Surroundings) => void): Promise<void> {
  const {getBattery} = navigator as Navigator & {getBattery?(): Promise<Battery>};
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  const look = () =>
    onChange({
      onBattery: battery && !battery.charging,
      metered: isMetered(),
      hidden: document.visibilityState === 'hidden',
    });
  battery?.addEventListener('chargingchange', look);
  connection()?.addEventListener('change', look);
  document.addEventListener('visibilitychange', look);
  setInterval(look, tickMs);
  look();
}
