/** The words of what is fetched late, in English: space-time, inside a node, menus of actions, sharing. */

export const lateEn = {
  inspector: {
    sent: 'sent',
    due: 'due',
    voteOnDisk: 'vote on disk',
    firstIndex: 'first index',
    earliest: 'earliest',
    yes: 'yes',
    no: 'not yet',
    decided: 'What it decided, and why',
    nothing: 'Nothing lately.',
  },
  spaceTime: {
    hint: 'Each line is a message: sent at left, received at right.',
    zoomIn: 'Show less time',
    zoomOut: 'Show more time',
    fit: 'Whole run',
    follow: 'Follow now',
    leads: (node: string, term: number) => `${node} leads term ${term}`,
    commit: (index: number) => `commit ${index}`,
    /** What a screen reader is told of the picture. */
    summary: (from: string, to: string, messages: number, lost: number, leaders: string) =>
      `Space-time from ${from} to ${to}: ${messages} messages, ${lost} lost. ${leaders}`,
    leader: (node: string, term: number, from: string) => `${node} leads term ${term} from ${from}.`,
    keys: 'Left and Right move, + and − zoom, Up and Down choose a message, Enter goes to its moment.',
    table: 'The same as a table',
    columns: ['sent', 'ended', 'from', 'to', 'what', 'outcome'],
    outcome: { arrived: 'arrived', lost: 'lost', flying: 'on its way', held: 'held' },
    goTo: (moment: string) => `Go to ${moment}`,
    took: (time: string) => `took ${time}`,
    caused: 'Shaded: all that could have caused it.',
    waiting: 'Reading the run…',
    shown: (first: number, all: number) => `the latest ${first} of ${all}`,
  },
};
