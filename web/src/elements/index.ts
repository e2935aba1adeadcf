/** Gives `<raft-arium>` its name and the real core. Import this file for the element: it brings its style itself; fonts are the page's. */

import { LabSession, loadCore } from '../session';
import { RaftArium } from './raft-arium';

export { RaftArium };

/** Defines the element, once however often it is called. */
export function defineRaftArium(): void {
  RaftArium.sessions = {
    load: loadCore,
    fresh: (nodes) => LabSession.fresh(nodes),
    fromText: (text) => LabSession.fromText(text),
    fromLink: (link) => LabSession.fromLink(link),
    lens: async (runText) => (await import('../session-lens')).openLens(runText),
  };
  if (customElements.get('raft-arium') === undefined) {
    customElements.define('raft-arium', RaftArium);
  }
}
