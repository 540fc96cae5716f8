/** What is under the pointer on the size picture. */
import { useFolderText } from './use-folder-text.ts';
import type { Folders } from './use-folders.ts';
import { useTileName } from './map-tile.tsx';
import type { Tile } from './treemap.ts';

export interface TipPlace {
  x: number;
  y: number;
}

interface MapTipProps {
  tile: Tile;
  place: TipPlace | null;
  width: number;
  height: number;
  folders: Folders;
}

export function MapTip({ tile, place, width, height, folders }: MapTipProps) {
  const { lines } = useFolderText();
  const name = useTileName()(tile, folders);
  if (!place) return null;
  const inside = tile.kind === 'whole' ? (tile.nodes[0]?.folders ?? 1) - 1 : 0;
  const style = {
    ...(place.x > width / 2 ? { right: width - place.x + 8 } : { left: place.x + 12 }),
    ...(place.y > height / 2 ? { bottom: height - place.y + 8 } : { top: place.y + 16 }),
  };
  return (
    <div className="account-tip" style={style} aria-hidden="true">
      <p className="strong">{name}</p>
      {lines(tile.amounts, inside).map((line) => (
        <p key={line} className="num">
          {line}
        </p>
      ))}
    </div>
  );
}
