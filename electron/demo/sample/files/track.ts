import { Random } from '../random.ts';

/** A bicycle track as GPX 1.1: a walk over the map that starts near Lübeck. */
export function makeTrack(name: string, startMs: number, points: number, seed: number): string {
  const random = new Random(seed);
  let [latitude, longitude, height] = [53_866_000, 10_686_000, 12];
  let [north, east] = [random.integer(-120, 160), random.integer(-160, 160)];
  const rows: string[] = [];
  for (let i = 0; i < points; i++) {
    north += random.integer(-25, 25);
    east += random.integer(-30, 30);
    latitude += north;
    longitude += east;
    height = Math.max(0, height + random.integer(-2, 2));
    const time = new Date(startMs + i * 15_000).toISOString().replace('.000', '');
    const place = `lat="${(latitude / 1e6).toFixed(6)}" lon="${(longitude / 1e6).toFixed(6)}"`;
    rows.push(`<trkpt ${place}><ele>${height}</ele><time>${time}</time></trkpt>`);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Windkante" xmlns="http://www.topografix.com/GPX/1/1">',
    `<trk><name>${name.replace(/[<&]/g, ' ')}</name><trkseg>`,
    ...rows,
    '</trkseg></trk></gpx>',
    '',
  ].join('\r\n');
}
