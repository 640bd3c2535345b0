/** The words of the rooms of the page for sharing. They are apart from the others because they load with it, not with the first screen. */
import {shareRoom} from './english/share-room.ts';
import {translated} from './language.ts';

export const shareRoomTexts = translated('shareRoom', shareRoom);
