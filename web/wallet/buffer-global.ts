/** Gives this document the `Buffer` that TON's libraries take for granted. A module of its own: a line in another one would run after its imports. */
import {Buffer} from 'buffer/';

Object.assign(globalThis, {Buffer});
