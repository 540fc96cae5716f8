/** The picture of sizes: one tab stop, arrows move by place. The table says the same in words. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccountView } from './account-views.ts';
import { useSteady } from '../../lib/use-steady.ts';
import { isUnfolded } from './folder-rows.ts';
import type { FolderNode, FolderTree } from './folder-tree.ts';
import { MapTile } from './map-tile.tsx';
import { MapTip, type TipPlace } from './map-tip.tsx';
import { layoutTreemap, neighbour, type Direction, type Tile, type TreemapLayout } from './treemap.ts';
import { useCalm } from './use-calm.ts';
import type { Folders } from './use-folders.ts';

/** Laid out again at most once a second while sizes arrive. */
const RELAYOUT_MS = 1000;

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

interface SizeMapProps {
  accountId: string;
  folders: Folders;
  /** Nothing of this account is in an archive yet. */
  isAshore: boolean;
  /** 0 to 1 by path, of a first backup that runs. */
  loaded: ReadonlyMap<string, number> | null;
  onOpen: (node: FolderNode) => void;
}

/** Width and height of the element, as they are now. */
function useSize() {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, ...size };
}

function useLayout(accountId: string, tree: FolderTree, width: number, height: number): TreemapLayout {
  const folds = useAccountView(accountId, 'folds');
  const calmTree = useCalm(tree, RELAYOUT_MS);
  return useMemo(
    () => layoutTreemap(calmTree, (node) => isUnfolded(node, calmTree, folds), width, height),
    [calmTree, folds, width, height],
  );
}

export function SizeMap({ accountId, folders, isAshore, loaded, onOpen }: SizeMapProps) {
  const { t } = useTranslation('account');
  const { element, width, height } = useSize();
  const layout = useLayout(accountId, folders.tree, width, height);
  const selected = useAccountView(accountId, 'selected');
  const [hovered, setHovered] = useState<(TipPlace & { key: string }) | null>(null);
  const group = selected === null ? undefined : layout.groups.get(selected);
  const chosen = selected === null ? undefined : layout.tileOf.get(selected);
  const tip = hovered && layout.tiles.find(({ key }) => key === hovered.key);
  const select = (tile: Tile | undefined | null) => tile?.nodes[0] && folders.select(tile.nodes[0].path);
  const onSelect = useSteady(select);
  const onOpenTile = useSteady((tile: Tile) => tile.nodes[0] && onOpen(tile.nodes[0]));
  const { nameOf, ticks } = folders;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    if (direction) select(chosen ? neighbour(layout.tiles, chosen, direction) : layout.tiles[0]);
    else if (event.key === 'Home') select(layout.tiles[0]);
    else if (event.key === 'End') select(layout.tiles.at(-1));
    else if (event.key === ' ' && chosen) folders.toggle(chosen.nodes);
    else if (event.key === 'Enter' && chosen?.nodes[0]) onOpen(chosen.nodes[0]);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-tile]')?.dataset['tile'];
    const box = event.currentTarget.getBoundingClientRect();
    setHovered(key === undefined ? null : { key, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  return (
    <div
      className="account-map-frame"
      ref={element}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setHovered(null)}
    >
      <div
        role="listbox"
        aria-multiselectable="true"
        className="account-map"
        tabIndex={layout.tiles.length > 0 ? 0 : -1}
        aria-label={t('map')}
        aria-activedescendant={chosen && `map:${chosen.key}`}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (!chosen) select(layout.tiles[0]);
        }}
      >
        {layout.tiles.map((tile) => (
          <MapTile
            key={tile.key}
            tile={tile}
            {...{ nameOf, ticks, isAshore, loaded, onSelect }}
            isSelected={tile === chosen && !group}
            onOpen={onOpenTile}
          />
        ))}
      </div>
      {group && (
        <div
          className="account-map-group"
          style={{ left: group.x, top: group.y, width: group.width, height: group.height }}
        />
      )}
      {layout.tiles.length === 0 && <p className="account-map-empty caption">{t('noSizes')}</p>}
      {tip && <MapTip tile={tip} place={hovered} width={width} height={height} folders={folders} />}
    </div>
  );
}
