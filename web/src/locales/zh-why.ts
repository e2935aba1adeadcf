/** 详情栏的中文句子：一个节点为何如此。 */

import type { Why } from '../format/why';
import type { Sentence } from './words';

export function whyZh(why: Why): Sentence {
  switch (why.kind) {
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
        rest: `它把日志发给所有节点；本任期的条目在 ${why.nodes} 个中的 ${why.quorum} 个落盘即可提交。`,
        section: '§5.3',
      };
    case 'candidate': {
      const no = why.refused.length > 0 ? `${why.refused.join('、')} 拒绝。` : '';
      return {
        lead: `${why.node} 在任期 ${why.term} 拉票。`,
        rest: `${why.granted.length > 0 ? `${why.granted.join('、')} 已` : '还没有节点'}同意，需要 ${why.quorum} 票。${no}`,
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
