/** The words of the rooms of the page for sharing. They are apart from the others because they load with it, not with the first screen; a language has both. */
import {shareRoom} from './english/share-room.ts';

export const shareRoomTexts = shareRoom;
