/** The words of models on this device. They are apart from the others because they load when this device is chosen. */
import {device} from './english/device.ts';
import {translated} from './language.ts';

export const deviceTexts = translated('device', device);
