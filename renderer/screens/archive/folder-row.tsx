/** One folder of the archive, or all of them. */
import { SpecialUseIcon } from '../../components/folder-icon.tsx';
import { FoldedIcon, SearchIcon, UnfoldedIcon } from '../../components/icons.tsx';
import { useFormat } from '../../lib/use-format.ts';
import type { FolderNode } from '../account/folder-tree.ts';

/** Indents deeper than this would leave no room for a name. */
const MAX_INDENT = 5;

interface FolderRowProps {
  /** null: all folders. */
  node: FolderNode | null;
  id: string;
  name: string;
  count: number;
  /** Spoken. */
  label: string;
  top: number;
  isOpen: boolean;
  isSelected: boolean;
  onPick: () => void;
  onFold: () => void;
}

export function FolderRow(props: FolderRowProps) {
  const { node, id, name, count, label, top, isOpen, isSelected, onPick, onFold } = props;
  const format = useFormat();
  const hasChildren = node !== null && node.children.length > 0;
  return (
    <div
      role="treeitem"
      id={id}
      className={`archive-folder${count === 0 ? ' nothing' : ''}`}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + 18 * Math.min(node?.depth ?? 0, MAX_INDENT) }}
      aria-level={(node?.depth ?? 0) + 1}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      title={node?.path}
      onClick={onPick}
      onDoubleClick={hasChildren ? onFold : undefined}
    >
      <span
        className="archive-fold"
        aria-hidden
        onClick={(event) => {
          if (!hasChildren) return;
          event.stopPropagation();
          onFold();
        }}
      >
        {hasChildren && (isOpen ? <UnfoldedIcon /> : <FoldedIcon />)}
      </span>
      {node ? <SpecialUseIcon use={node.use} /> : <SearchIcon aria-hidden />}
      <span className="sr-only">{label}</span>
      <span className="ellipsis grow" aria-hidden>
        {name}
      </span>
      {count > 0 && (
        <span className="caption num" aria-hidden>
          {format.count(count)}
        </span>
      )}
    </div>
  );
}
