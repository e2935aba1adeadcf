/** Where the log ledger's rows and columns stand, for one to nine nodes and three sizes. Numbers in SVG user units. */

import type { Size } from './index';

/** How much each row has room for: `full` has the band of beliefs and the rail, `rail` only the rail, `box` neither. */
export type RowStyle = 'full' | 'rail' | 'box';

export interface LedgerLayout {
  width: number;
  height: number;
  rowStyle: RowStyle;
  left: number;
  right: number;
  /** Baseline of the index numbers, y of the axis, y of the rule below it. */
  indexY: number;
  axisY: number;
  top: number;
  bottom: number;
  row: number;
  /** Top of a box below the top of its row. */
  boxTop: number;
  /** `frame` is the width of the inner frame of an unsynced entry. */
  box: { width: number; height: number; termWidth: number; termSize: number; commandSize: number; frame: number };
  railBelow: number;
  /** Left edge of the first column; a box begins 3 right of it. */
  columnsLeft: number;
  pitch: number;
  /** Cells hold a term and no command. */
  dense: boolean;
  /** Whole columns on show. */
  columns: number;
  gutter: { glyphX: number; radius: number; nameX: number; nameSize: number; roleSize: number; doubleRule: number };
  /** Left edge of the column of the leader's beliefs, and whether it is said in words. */
  beliefX: number;
  beliefWords: boolean;
  indexSize: number;
  labelSize: number;
  title: { y: number } | null;
  /** First and second baseline of the legend. */
  legendY: number | null;
}

interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  indexY: number;
  axisY: number;
  top: number;
  rowsHeight: number;
  rowMax: number;
  box: { width: number; height: number };
  pitch: number;
  columnsLeft: number;
  columns: number;
  glyphX: number;
  radius: number;
  nameX: number;
  nameSize: number;
  beliefX: number;
  indexSize: number;
  labelSize: number;
}

const frames: Record<Size, Frame> = {
  desktop: {
    width: 624,
    height: 560,
    left: 24,
    right: 600,
    indexY: 64,
    axisY: 73,
    top: 90,
    rowsHeight: 410,
    rowMax: 82,
    box: { width: 70, height: 40 },
    pitch: 76,
    columnsLeft: 141,
    columns: 5,
    glyphX: 42,
    radius: 15,
    nameX: 68,
    nameSize: 17,
    beliefX: 534,
    indexSize: 16,
    labelSize: 13,
  },
  embed: {
    width: 516,
    height: 424,
    left: 8,
    right: 496,
    indexY: 38,
    axisY: 47,
    top: 60,
    rowsHeight: 360,
    rowMax: 72,
    box: { width: 75, height: 42 },
    pitch: 80,
    columnsLeft: 95.5,
    columns: 4,
    glyphX: 26,
    radius: 15,
    nameX: 52,
    nameSize: 19,
    beliefX: 424,
    indexSize: 18,
    labelSize: 14,
  },
  mobile: {
    width: 390,
    height: 236,
    left: 12,
    right: 378,
    indexY: 20,
    axisY: 29,
    top: 34,
    rowsHeight: 200,
    rowMax: 40,
    box: { width: 66, height: 32 },
    pitch: 71,
    columnsLeft: 83.5,
    columns: 3,
    glyphX: 28,
    radius: 13,
    nameX: 52,
    nameSize: 17,
    beliefX: 305,
    indexSize: 15,
    labelSize: 14,
  },
};

/** Rows below this height cannot be read from a seat or hit with a finger; a narrow page grows instead. */
const mobileRowMin = 40;

function rowStyleOf(size: Size, row: number): RowStyle {
  if (size === 'mobile') return 'box';
  if (size === 'embed') return row >= 56 ? 'rail' : 'box';
  return row >= 66 ? 'full' : 'rail';
}

/** Height of a box and its distance from the row's top. */
function boxIn(frame: Frame, style: RowStyle, row: number): { height: number; top: number } {
  if (row === frame.rowMax) {
    return { height: frame.box.height, top: style === 'full' ? 23 : style === 'rail' ? 8 : 4 };
  }
  if (style === 'full') return { height: Math.min(frame.box.height, row - 38), top: 21 };
  if (style === 'rail') return { height: Math.round(row - 21), top: 4 };
  return { height: Math.min(frame.box.height, row - 12), top: 6 };
}

/** `dense`: twice the columns, whose cells have no room for a command. */
export function ledgerLayout(count: number, size: Size, dense = false): LedgerLayout {
  const frame = frames[size];
  const share = dense ? 2 : 1;
  const width = (frame.box.width - (dense ? 6 : 0)) / share;
  const even = frame.rowsHeight / Math.max(1, count);
  const row = Math.min(frame.rowMax, size === 'mobile' ? Math.max(mobileRowMin, even) : even);
  const rowStyle = rowStyleOf(size, row);
  const box = boxIn(frame, rowStyle, row);
  const bottom = frame.top + row * count;
  const small = box.height < 32;
  return {
    width: frame.width,
    height: size === 'mobile' ? Math.max(frame.height, bottom + 2) : frame.height,
    rowStyle,
    left: frame.left,
    right: frame.right,
    indexY: frame.indexY,
    axisY: frame.axisY,
    top: frame.top,
    bottom,
    row,
    boxTop: box.top,
    box: {
      width,
      height: box.height,
      termWidth: dense ? width : size === 'embed' ? 26 : 24,
      termSize: small ? 15 : size === 'embed' ? 20 : 18,
      frame: small ? 3 : 4,
      commandSize: small ? 13 : size === 'embed' ? 17 : 15,
    },
    railBelow: row < 56 ? 8 : 10,
    columnsLeft: frame.columnsLeft,
    pitch: frame.pitch / share,
    columns: frame.columns * share,
    dense,
    gutter: {
      glyphX: frame.glyphX,
      radius: Math.min(frame.radius, Math.floor(row / 2 - 9)),
      nameX: frame.nameX,
      nameSize: small ? 15 : frame.nameSize,
      roleSize: 13,
      doubleRule: frame.columnsLeft - 3,
    },
    beliefX: frame.beliefX,
    beliefWords: size !== 'desktop',
    indexSize: frame.indexSize,
    labelSize: frame.labelSize,
    title: size === 'desktop' ? { y: 34 } : null,
    legendY: size === 'desktop' ? 526 : null,
  };
}

/**
 * First log index on show. With no wish, the newest entry of any log is in view; where `next` is drawn there is also room for the entry to come.
 */
export function firstColumn(layout: LedgerLayout, lastIndex: number, wish: number | null): number {
  const spare = layout.beliefWords ? 0 : 1;
  const newest = Math.max(1, lastIndex - layout.columns + 1 + spare);
  return wish === null ? newest : Math.min(Math.max(1, Math.round(wish)), newest);
}
