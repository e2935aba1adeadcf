/** Every action that the README and the core's own tests name is told in a sentence, in both languages. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actionSentence } from '../../src/late/action-words';
import { wordsOf } from '../../src/locales';
import { zh } from '../../src/locales/zh';

const en = wordsOf('en');

/** Forms of the grammar that the README's table has in short. */
const forms = [
  'crash n1 losing tail 2',
  'restart n1',
  'freeze n1',
  'thaw n1',
  'heal n1',
  'heal n1 n2',
  'heal n1>n2',
  'timer n1 150ms',
  'client c1 get x via n2',
  'client c99 cas x 1 2',
  'load c1 off',
  'loop c1 off',
  'member add n6 voter',
  'member promote n6',
  'member remove n2',
  'member replace n2 n6',
  'member joint n1,n2,n6',
  'link all normal',
  'link n1>n2 loss 100%',
  'mend one-vote-a-term',
  'hold n1>*.append',
  'release *>n2',
  'drop n3>c1.reply.2',
  'duplicate c1>n1.request.1',
  'deliver n1>n2.voteResponse.3',
];

/** The actions in the README's table, without those that it names by their first word alone. */
const table = [...readFileSync('README.md', 'utf8').matchAll(/^\| (`[a-z]+ .+|.*`heal`.*) \| [^|]+ \|$/gm)]
  .flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z]+ [^`]+|heal)`/g)])
  .map(([, text = '']) => text.replace('\\|', '|'))
  .filter((text) => text === 'heal' || /\b[nc]\d|link all|^break/.test(text))
  .filter((text) => !/^(raftarium|npm|promote|remove|replace|joint)/.test(text));

describe('an action', () => {
  it('is found in the table', () => expect(table.length).toBeGreaterThan(20));

  it.each([...new Set([...forms, ...table])])('%s is told in both languages', (text) => {
    expect(actionSentence(text, en)).toMatch(/^[A-Zcn].*\.$/);
    expect(actionSentence(text, zh)).toMatch(/[\u4e00-\u9fff].*。$/);
  });

  it('is told by what it names', () => {
    expect(actionSentence('drop n3>c1.reply.2', en)).toBe('Answer 2 from n3 to c1 is lost.');
    expect(actionSentence('hold n1>*.append', en)).toBe('Every AppendEntries from n1 is held on its way.');
    expect(actionSentence('link all latency 40ms..60ms loss 5% reorder', en)).toBe(
      'All links: latency 40ms to 60ms, loss 5%, out of order.',
    );
    expect(actionSentence('link all loss 5% duplicate 1%', zh)).toBe('所有链路：丢失 5%，重复 1%。');
    expect(actionSentence('drop n3>c1.reply.2', zh)).toBe('丢弃 n3 发给 c1 的第 2 条答复。');
  });

  it('knows the kinds of messages of the core', () => {
    const kinds = [...readFileSync('crates/sim/src/network/parcel.rs', 'utf8').matchAll(/ParcelKind::\S+ => "(\w+)"/g)];
    expect(kinds.length).toBe(16);
    for (const [, kind = ''] of kinds) expect(actionSentence(`hold n1>n2.${kind}`, zh)).not.toContain(kind);
  });
});
