import { blind, finalized } from '../client/room/box/blinding.ts';

// What a phone reckons for a token, as the page does it: this file is bundled and run in a browser.

Object.assign(globalThis, { phoneToken: { blind, finalized } });
