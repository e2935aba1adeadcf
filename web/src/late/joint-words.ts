/** What the caption says in a joint configuration, where both halves must agree (§6): how many of each hold the entry, or have voted. */

import { holds } from '../format/cluster';
import type { Moment } from '../format/moment';
import { entryId, shortCommand } from '../format/text';
import type { Lang, Sentence } from '../locales';
import type { NodeView, View } from '../model';

/** The voters of the new half, and of the old one; null in a plain configuration. */
export function halvesOf({ nodes }: View): { now: NodeView[]; old: NodeView[] } | null {
  const half = (other: NodeView['member']) => nodes.filter(({ member }) => member === 'voter' || member === other);
  const plain = nodes.every(({ member }) => member !== 'incoming' && member !== 'outgoing');
  return plain ? null : { now: half('incoming'), old: half('outgoing') };
}

const most = (half: readonly NodeView[]): number => Math.floor(half.length / 2) + 1;

/** The caption of a moment in a joint configuration; null where both halves make no difference. */
export function jointCaption(view: View, moment: Moment, lang: Lang): Sentence | null {
  const halves = halvesOf(view);
  if (halves === null) return null;
  const { now, old } = halves;
  const zh = lang === 'zh';
  const of = (fits: (node: NodeView) => boolean) => {
    const [a, b] = [now.filter(fits).length, old.filter(fits).length];
    return zh
      ? `新配置 ${now.length} 个中的 ${a} 个、旧配置 ${old.length} 个中的 ${b} 个`
      : `${a} of ${now.length} new voters and ${b} of ${old.length} old ones`;
  };
  const needs = zh
    ? `两半都要多数：${most(now)} 个和 ${most(old)} 个。`
    : `Both halves need a majority: ${most(now)} and ${most(old)}.`;
  switch (moment.kind) {
    case 'replicating': {
      const { entry, command } = moment;
      const name =
        command === ''
          ? entryId(entry)
          : zh
            ? `${entryId(entry)}（${shortCommand(command)}）`
            : `${entryId(entry)} (${shortCommand(command)})`;
      const on = of((node) => holds(node, entry) === 'synced');
      return {
        lead: zh ? `条目 ${name} 已在${on}的磁盘上。` : `Entry ${name} is on the disks of ${on}.`,
        rest: needs,
        section: '§6',
      };
    }
    case 'telling': {
      const on = of((node) => holds(node, moment.entry) === 'synced');
      return {
        lead: zh
          ? `条目 ${entryId(moment.entry)} 已提交：${on}持有它。`
          : `Entry ${entryId(moment.entry)} is committed: ${on} hold it.`,
        rest: needs,
        section: '§6',
      };
    }
    case 'candidate': {
      const votes = view.nodes.find(({ id }) => id === moment.node)?.votes ?? [];
      const has = of(({ id }) => votes.some(({ node, vote }) => node === id && vote === 'granted'));
      return {
        lead: zh
          ? `${moment.node} 没有听到领导者，在任期 ${moment.term} 请求投票。`
          : `${moment.node} heard no leader and asks for votes in term ${moment.term}.`,
        rest: zh ? `它有${has}的选票。${needs}` : `It has the votes of ${has}. ${needs}`,
        section: '§6',
      };
    }
    default:
      return null;
  }
}
