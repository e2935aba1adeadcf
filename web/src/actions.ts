/**
 * Builders of action texts: the one vocabulary in which a click, a key, a lesson and a link speak (`crates/sim/src/action.rs`).
 * The grammar itself lives in the core, which answers a wrong text with an `Error` that names the fault.
 */

/** What a node needs to be asked for: up or not, nothing else. */
interface NodeState {
  readonly id: string;
  readonly up: boolean;
}

/** Lose memory, keep what the disk has synced. */
export const crash = (node: string): string => `crash ${node}`;

/** Rebuild from disk. */
export const restart = (node: string): string => `restart ${node}`;

/** The node's election timer fires now. */
export const timeout = (node: string): string => `timeout ${node}`;

/** Stop messages between two nodes, both ways. */
export const cut = (a: string, b: string): string => `cut ${a} ${b}`;

/** Let messages pass between two nodes again. */
export const heal = (a: string, b: string): string => `heal ${a} ${b}`;

/** A client submits a command such as `put x 1`. */
export const submit = (command: string, client = 'c1'): string => `client ${client} ${command.trim()}`;

/** What one click on a node means: crash it when it is up, restart it when it is not. */
export const toggleNode = (node: NodeState): string => (node.up ? crash(node.id) : restart(node.id));
