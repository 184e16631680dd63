/**
 * Papers without names that are laid down anew, at most, with each that comes: among so many, or all where there are fewer, a
 * row of an open poll tells by nothing which was cast last [B5] [B31]. More would hide little more and write much more.
 */
export const MOST_STIRRED = 128;
