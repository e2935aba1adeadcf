/** 详情栏的中文句子：一个条目或一个节点为何如此。 */

import { entryId } from '../format/text';
import type { Why } from '../format/why';
import type { Sentence } from './words';

function entryWhy(why: Extract<Why, { kind: 'entry' }>): Sentence {
  const id = entryId(why.entry);
  const disk = why.synced ? '' : '（尚未落盘）';
  const lead = `${why.node} 持有条目 ${id}${disk}，${why.nodes} 个节点中有 ${why.held} 个持有它`;
  if (why.commit === 'here') return { lead: `${lead}。`, rest: `${why.node} 知道它已提交：它不会再变。` };
  if (why.commit === 'elsewhere')
    return { lead: `${lead}。`, rest: `它已提交，只是 ${why.node} 还没得知。`, section: '§5.3' };
  if (why.olderThan !== null && why.held >= why.quorum) {
    return {
      lead: `${lead}，`,
      rest: `却仍未提交：它的任期（${why.entry.term}）不是领导者的任期（${why.olderThan}）。`,
      section: '§5.4.2',
    };
  }
  const missing = why.quorum - why.held;
  const rest =
    missing > 0 ? `再有 ${missing} 个才过半数；在那之前别的领导者可能覆盖它。` : '多数派应答之后，领导者便提交它。';
  return { lead: `${lead}。`, rest, section: '§5.3' };
}

export function whyZh(why: Why): Sentence {
  switch (why.kind) {
    case 'entry':
      return entryWhy(why);
    case 'crashed':
      return {
        lead: `${why.node} 已宕机。`,
        rest: `任期、投票和直到 ${why.lastIndex} 的日志还在磁盘上；提交索引、角色和定时器都没了。`,
        section: '图 2',
      };
    case 'frozen':
      return { lead: `${why.node} 的进程停住了。`, rest: '它什么也没忘，但听不到也不应答。' };
    case 'stale':
      return {
        lead: `${why.node} 仍以为自己领导任期 ${why.term}。`,
        rest: '新的任期已经在它之外开始。收到新任期的第一条消息，它就会退位。',
        section: '§5.1',
      };
    case 'leader':
      return {
        lead: `${why.node} 领导任期 ${why.term}。`,
        rest: `它把日志发给所有节点，${why.nodes} 个中有 ${why.quorum} 个落盘即可提交。`,
        section: '§5.3',
      };
    case 'candidate': {
      const no = why.refused.length > 0 ? `${why.refused.join('、')} 拒绝。` : '';
      return {
        lead: `${why.node} 在任期 ${why.term} 拉票。`,
        rest: `${why.granted.join('、')} 已同意，需要 ${why.quorum} 票。${no}`,
        section: '§5.2',
      };
    }
    case 'preCandidate':
      return { lead: `${why.node} 先问自己能否当选。`, rest: '多数派同意之前，它的任期不会增加。' };
    case 'follower':
      return why.leader === null
        ? { lead: `${why.node} 还没有跟随谁。`, rest: '定时器一到，它就会请求投票。', section: '§5.2' }
        : { lead: `${why.node} 跟随 ${why.leader}。`, rest: '领导者的每条消息都会重置它的定时器。', section: '§5.2' };
    default:
      return why satisfies never;
  }
}
