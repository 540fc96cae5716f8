/** Files that people attach, made when they are needed. */
import { compactDay } from './calendar.ts';
import { makeInvitation } from './files/calendar-file.ts';
import type { Invitation } from './files/calendar-file.ts';
import { makePhoto } from './files/jpeg.ts';
import { makePng } from './files/png.ts';
import { makeTrack } from './files/track.ts';
import type { SampleFile } from './mime/parts.ts';
import type { Random } from './random.ts';

/** Width, height, grain: from a picture shrunk by a phone to one straight from a camera. */
export const PHOTO_SIZES = {
  thumbnail: [640, 480, 4],
  shrunk: [1024, 768, 8],
  phone: [1600, 1200, 12],
  good: [2048, 1536, 16],
  full: [2592, 1936, 24],
  camera: [3264, 2448, 28],
} as const;

export type PhotoSize = keyof typeof PHOTO_SIZES;

export function photo(random: Random, size: PhotoSize, takenMs: number, contentId?: string): SampleFile {
  const [width, height, grain] = PHOTO_SIZES[size];
  const data = makePhoto({ width, height, grain, seed: random.integer(1, 1_000_000) });
  const name = `${random.pick(['IMG', 'DSC', 'PXL', 'Foto'])}_${compactDay(takenMs)}_${random.integer(1000, 9999)}.jpg`;
  return { name, type: 'image/jpeg', data, ...(contentId === undefined ? {} : { contentId }) };
}

/** Marbled paper, or what a 256-step palette makes of it. */
export function paperSample(random: Random, name: string, size: number): SampleFile {
  const [bend, tint, period] = [random.integer(3, 9), random.integer(0, 120), random.integer(11, 29)];
  const data = makePng(size, size, (x, y) => {
    const swirl = (x * bend + ((y * y) >> 5) + ((x * y) >> 7)) % (period * 8);
    const shade = Math.abs(swirl - period * 4) * 2;
    return [(90 + shade) & 255, (tint + shade) & 255, (140 + ((y + tint) % 60)) & 255];
  });
  return { name, type: 'image/png', data };
}

export function track(random: Random, name: string, startMs: number): SampleFile {
  const text = makeTrack(name, startMs, random.integer(300, 1400), random.integer(1, 1_000_000));
  return { name: `${name}.gpx`, type: 'application/gpx+xml', data: Buffer.from(text) };
}

export function invitation(event: Invitation): SampleFile {
  const data = Buffer.from(makeInvitation(event));
  return { name: 'invite.ics', type: 'text/calendar; charset=UTF-8; method=REQUEST', data };
}
