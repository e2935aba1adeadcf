/* tslint:disable */
/* eslint-disable */
/**
 * A run in which a property fell, as short as it is by now.
 */
export interface Found {
    /**
     * The run's text.
     */
    run_text: string;
    /**
     * The same as a link's hash, without `#`.
     */
    link: string;
    /**
     * Which property fell first.
     */
    property: Fallen;
    /**
     * How: the checker's sentence.
     */
    violation: string;
    /**
     * When, µs.
     */
    at_us: number;
    /**
     * The witnesses: one or two nodes, such as `n1`.
     */
    nodes: string[];
    /**
     * The log index in question; null if there is none.
     */
    index: number | null;
    /**
     * In which of the search's runs it was found, from 1.
     */
    run_no: number;
    /**
     * Numbers of actions: of the run as it was found, and after each pass of the shrinking that left fewer (the last one may go on).
     */
    lengths: number[];
    /**
     * Whether it may still become shorter.
     */
    shrinking: boolean;
    /**
     * What is done, the broken rules first.
     */
    actions: Done[];
}

/**
 * An action of the run that was found.
 */
export interface Done {
    /**
     * When, µs.
     */
    at_us: number;
    /**
     * What: `crash n1`.
     */
    text: string;
}

/**
 * How a search stands.
 */
export interface Report {
    /**
     * Random runs begun so far.
     */
    runs: number;
    /**
     * Events played so far, those of the shrinking included.
     */
    events: number;
    /**
     * Distinct states of the cluster met so far: who leads, terms, votes, logs, cuts.
     */
    states: number;
    /**
     * The search's seed.
     */
    seed: string;
    /**
     * How far the present run is, 0 to 1.
     */
    progress: number;
    /**
     * The run in which something fell; null until there is one.
     */
    found: Found | null;
}

/**
 * How the futures of a run were counted so far.
 */
export interface OddsReport {
    /**
     * How many actions the run has; there is one prefix more, the empty one.
     */
    actions: number;
    /**
     * By prefix, from the empty one: in how many random futures something fell, without the rules that the run breaks.
     */
    fallen: number[];
    /**
     * The same with all rules kept.
     */
    real: number[];
    /**
     * How many prefixes are done; the one after them is being counted.
     */
    done_prefixes: number;
}

/**
 * The properties, as the page's view model names them.
 */
export type Fallen = "electionSafety" | "leaderAppendOnly" | "logMatching" | "leaderCompleteness" | "stateMachineSafety" | "oneVote" | "acknowledgedDurable" | "commitMonotonic" | "linearizability" | "exactlyOnce";


/**
 * The futures of a run, being counted: from each of its moments, in how many something falls.
 */
export class Odds {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Goes on for `budget_ms` of wall time, or until all is counted.
     */
    advance(budget_ms: number): void;
    /**
     * The futures of the run that a text describes, `per_prefix` from each moment.
     *
     * # Errors
     * An `Error` in words: the text is no run.
     */
    constructor(run_text: string, per_prefix: number);
    /**
     * What was counted so far.
     *
     * # Errors
     * None that data can cause.
     */
    report(): OddsReport;
}

/**
 * A search on its way.
 */
export class Search {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Goes on for `budget_ms` of wall time, or until there is a find that nothing makes shorter.
     */
    advance(budget_ms: number): void;
    /**
     * A search in clusters of `nodes` nodes without these rules (names with commas between; none is Raft as it is). The same seed, a
     * whole number below 2^64, finds the same.
     *
     * # Errors
     * An `Error` in words: there is no such rule, the seed is no number, or no cluster has so many nodes.
     */
    constructor(broken: string, nodes: number, seed: string);
    /**
     * How it stands.
     *
     * # Errors
     * None that data can cause.
     */
    report(): Report;
    /**
     * Leaves the present find, and looks for the next.
     */
    resume(): void;
}

/**
 * Writes a panic's words to the console; runs once when the module is instantiated.
 */
export function start(): void;
