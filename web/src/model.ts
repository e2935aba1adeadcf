/**
 * The view model's types, as generated from the binding's Rust (`crates/wasm/src/view.rs` and `feed.rs`): a field on screen has
 * one place. Types only: nothing of the module itself is imported here.
 */

export type {
  CarriedEntryView,
  CheckName,
  CheckView,
  ClientState,
  ClientView,
  EntryKindView,
  EntryView,
  FeedEvent,
  Happening,
  LinkView,
  LossReason,
  MemberView,
  MessageKind,
  MessageView,
  NodeView,
  Note,
  PairView,
  PositionView,
  ProgressState,
  ProgressView,
  RefusalView,
  RoleView,
  StepDownReason,
  TimerView,
  TimingView,
  View,
  ViolationView,
  VoteState,
  VoteView,
  WarningView,
} from '../../pkg/raftarium';

/** What a step goes to. */
export type StepUnit = 'record' | 'event' | 'ready' | 'message';
