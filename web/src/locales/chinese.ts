/** Everything that is said in Chinese, as one piece to fetch. */

import { shellZh } from './shell-zh';
import type { Speech } from './speech';
import { zh } from './zh';

export const chinese: Speech = { lang: 'zh', t: zh, words: shellZh };
