/** One tile of the size picture. */
import { memo, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/use-format.ts';
import { ARIA_CHECKED } from './tick-box.tsx';
import { tickOf } from './ticks.ts';
import { lookOf, type Tile, type TileLook } from './treemap.ts';
import { useFolderText } from './use-folder-text.ts';
import type { Folders } from './use-folders.ts';

/** Narrower tiles have less room around their name. */
const TIGHT = 76;

/** What a tile needs of the folders; not what changes with every key. */
export type TileFolders = Pick<Folders, 'nameOf' | 'ticks'>;

interface MapTileProps extends TileFolders {
  tile: Tile;
  isSelected: boolean;
  isAshore: boolean;
  loaded: ReadonlyMap<string, number> | null;
  onSelect: (tile: Tile) => void;
  onOpen: (tile: Tile) => void;
}

/** What is new of it, 0 to 1; by bytes where they are known. */
export function newFractionOf({ amounts }: Tile): number {
  const { newMessages, newBytes, sizeBytes, messages } = amounts;
  if (!newMessages) return 0;
  if (newBytes !== null && sizeBytes) return Math.min(1, newBytes / sizeBytes);
  return messages > 0 ? Math.min(1, newMessages / messages) : 0;
}

export function useTileName(): (tile: Tile, folders: TileFolders) => string {
  const { t } = useTranslation('account');
  return (tile, { nameOf }) => {
    const [first] = tile.nodes;
    if (tile.kind !== 'small') return first ? nameOf(first) : '';
    return t('smallFolders', { count: tile.nodes.reduce((sum, { folders }) => sum + folders, 0) });
  };
}

/** How much of a first backup is done of the folders of a tile, weighed by their messages. */
function loadedOf(tile: Tile, loaded: ReadonlyMap<string, number> | null): number {
  if (!loaded) return 0;
  const weight = tile.nodes.reduce((sum, { total }) => sum + total.messages, 0);
  const done = tile.nodes.reduce((sum, { path, total }) => sum + (loaded.get(path) ?? 0) * total.messages, 0);
  return weight > 0 ? done / weight : 0;
}

export const MapTile = memo(function MapTile(props: MapTileProps) {
  const { tile, isSelected, isAshore, loaded, onSelect, onOpen } = props;
  const { brief } = useFolderText();
  const name = useTileName()(tile, props);
  const tick = tile.kind === 'own' ? ownTick(tile, props) : tickOf(tile.nodes, props.ticks);
  const isLeftOut = tick === 'none';
  const look = lookOf(tile, isLeftOut || isAshore ? 0 : newFractionOf(tile));
  const isPale = !isLeftOut && (isAshore || look.label === 'band');
  const done = isAshore && !isLeftOut ? loadedOf(tile, loaded) : 0;
  const tone = isLeftOut ? 'out' : isPale ? 'ashore' : `tone${tile.tone + 1}`;
  return (
    <div
      role="option"
      id={`map:${tile.key}`}
      data-tile={tile.key}
      className={`account-tile ${tone}${isSelected ? ' chosen' : ''}`}
      style={{ left: tile.x, top: tile.y, width: tile.width, height: tile.height }}
      aria-selected={isSelected}
      aria-checked={ARIA_CHECKED[tick]}
      aria-label={brief(name, tile.amounts, tick)}
      onClick={() => onSelect(tile)}
      onDoubleClick={() => onOpen(tile)}
    >
      {look.band > 0 && <i className="band" style={{ height: look.band }} />}
      {look.label && <Label tile={tile} look={look} name={name} />}
      {done > 0 && (
        <span className="fill" style={{ width: `${done * 100}%` }} aria-hidden="true">
          {look.label && <Filled tile={tile} look={look} name={name} />}
        </span>
      )}
    </div>
  );
});

interface LabelProps {
  tile: Tile;
  look: TileLook;
  name: string;
}

/** Only a name of several words is broken; a long word is cut. */
const isOneLine = (look: TileLook, name: string): boolean => look.lines === 1 || !/[\s-]/.test(name);

function Label({ tile, look, name }: LabelProps) {
  const format = useFormat();
  const { sizeBytes } = tile.amounts;
  const style = look.label === 'band' ? { top: tile.height - look.band } : { bottom: look.band };
  return (
    <span
      className={`label ${tile.width < TIGHT ? 'tight' : ''} ${look.label === 'band' ? 'on-band' : ''}`}
      style={style}
    >
      <b className={isOneLine(look, name) ? 'one-line' : undefined} style={{ WebkitLineClamp: look.lines }}>
        {name}
      </b>{' '}
      {look.hasSize && sizeBytes !== null && <span className="num ellipsis size">{format.size(sizeBytes)}</span>}
    </span>
  );
}

/** The same words in the ink of the fill, drawn and not spoken: letters can be read on both sides of its edge. */
function Filled({ tile, look, name }: LabelProps) {
  const format = useFormat();
  const { sizeBytes } = tile.amounts;
  const style = { width: tile.width, '--lines': look.lines } as CSSProperties;
  return (
    <span
      className={`label filled${tile.width < TIGHT ? ' tight' : ''}${isOneLine(look, name) ? ' one-line' : ''}`}
      data-name={name}
      data-size={look.hasSize && sizeBytes !== null ? format.size(sizeBytes) : ''}
      style={style}
    />
  );
}

/** Of the folder alone: its children have tiles of their own. */
function ownTick(tile: Tile, { ticks }: TileFolders) {
  const [node] = tile.nodes;
  return node && ticks.own.has(node.path) ? 'all' : 'none';
}
