/** One row of the folder table. Without hooks of its own: some forty are drawn at every step of scrolling. */
import { memo } from 'react';
import { Bar } from '../../components/bar.tsx';
import { SpecialUseIcon } from '../../components/folder-icon.tsx';
import { FoldedIcon, UnfoldedIcon } from '../../components/icons.tsx';
import { barShares } from './folder-rows.ts';
import { shownAmounts, type FolderNode } from './folder-tree.ts';
import { ARIA_CHECKED, TickBox } from './tick-box.tsx';
import type { Tick } from './ticks.ts';
import type { FolderText } from './use-folder-text.ts';

/** Indents deeper than this would leave no room for a name. */
const MAX_INDENT = 8;

export interface FolderRowProps {
  node: FolderNode;
  id: string;
  /** Position from the top, in px. */
  top: number;
  index: number;
  name: string;
  tick: Tick;
  isUnfolded: boolean;
  isSelected: boolean;
  largestBytes: number;
  /** No archive has anything of this account yet. */
  isAshore: boolean;
  text: FolderText;
  onSelect: (node: FolderNode) => void;
  onOpen: (node: FolderNode) => void;
  onTick: (node: FolderNode) => void;
  onFold: (node: FolderNode, open: boolean) => void;
}

export const FolderRow = memo(function FolderRow(props: FolderRowProps) {
  const { node, id, top, index, name, tick, isUnfolded, isSelected, text, onSelect, onOpen, onTick } = props;
  const amounts = shownAmounts(node, isUnfolded);
  const inside = isUnfolded && node.holdsMail ? 0 : node.folders - (node.holdsMail ? 1 : 0);
  return (
    <div
      role="row"
      id={id}
      className={`account-row${tick === 'none' ? ' left-out' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onPointerEnter={(event) => {
        event.currentTarget.title = [node.path, ...text.lines(amounts, inside)].join('\n');
      }}
      // Spoken when the keys reach it; else its cells speak for themselves.
      aria-label={isSelected ? text.spoken(name, amounts, tick) : undefined}
      aria-level={node.depth + 1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-expanded={node.children.length > 0 ? isUnfolded : undefined}
      onClick={() => onSelect(node)}
      onDoubleClick={() => onOpen(node)}
    >
      <div role="gridcell" className="tick-cell">
        <span
          role="checkbox"
          className="tick-hit"
          aria-checked={ARIA_CHECKED[tick]}
          aria-label={name}
          onDoubleClick={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            onTick(node);
          }}
        >
          <TickBox tick={tick} />
        </span>
      </div>
      <NameCell {...props} />
      <AmountCells {...props} />
    </div>
  );
});

function NameCell({ node, name, isUnfolded, text, onFold }: FolderRowProps) {
  const { unseen } = shownAmounts(node, isUnfolded);
  return (
    <div role="gridcell" className="name-cell" style={{ paddingLeft: Math.min(node.depth, MAX_INDENT) * 20 }}>
      {node.children.length > 0 ? (
        <span
          className="fold"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onFold(node, !isUnfolded);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {isUnfolded ? <UnfoldedIcon /> : <FoldedIcon />}
        </span>
      ) : (
        <span className="fold" />
      )}
      <SpecialUseIcon use={node.use} />
      <span className="ellipsis">{name}</span>
      {unseen !== null && unseen > 0 && <span className="unread-note">{text.unread(unseen)}</span>}
    </div>
  );
}

function AmountCells({ node, isUnfolded, largestBytes, isAshore, text }: FolderRowProps) {
  const { format } = text;
  const { messages, unseen, newMessages, sizeBytes } = shownAmounts(node, isUnfolded);
  const { safe, fresh } = barShares(node, isUnfolded, largestBytes, isAshore);
  return (
    <>
      <div role="gridcell" className="num right">
        {format.countOrDash(messages)}
      </div>
      <div role="gridcell" className="num right unread-cell">
        {unseen ? format.count(unseen) : <span className="mute">–</span>}
      </div>
      <div role="gridcell" className="num right">
        {newMessages ? (
          <span className="account-new">+{format.count(newMessages)}</span>
        ) : (
          <span className="mute">–</span>
        )}
      </div>
      <div role="gridcell" className="num right">
        {sizeBytes === null ? <span className="mute">–</span> : format.size(sizeBytes)}
      </div>
      <div role="gridcell" className="bar-cell">
        <Bar fraction={safe} newFraction={fresh} />
      </div>
    </>
  );
}
