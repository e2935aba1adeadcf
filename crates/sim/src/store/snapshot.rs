//! The store as the data of a snapshot (§7), and back: its values, its sessions, and the fingerprint of what made them.
//!
//! Without the sessions a retry could take effect once more after a snapshot was installed (thesis 6.3). The form is a text,
//! a word after the other; keys and values hold no white space.

use std::sync::Arc;

use raft_core::Snapshot;

use super::{Outcome, Session, Store};
use crate::digest::Digest;
use crate::names::ClientId;
use crate::rules::HostRules;

impl Store {
    /// The data of a snapshot of this store.
    pub(crate) fn encode(&self, rules: &HostRules) -> Vec<u8> {
        let mut text = self.digest.to_string();
        let mut add = |word: &str| {
            text.push(' ');
            text.push_str(word);
        };
        for (key, value) in self.values.iter() {
            add("=");
            add(key);
            add(value);
        }
        for (client, Session { sequence, outcome }) in self.sessions.iter().filter(|_| rules.sessions_in_snapshots) {
            add("#");
            add(&client.number().to_string());
            add(&sequence.to_string());
            let counted;
            let (kind, word) = match outcome {
                Outcome::Stored => ("ok", None),
                Outcome::Value(value) => ("value", value.as_deref()),
                Outcome::Counted(count) => {
                    counted = count.to_string();
                    ("count", Some(&*counted))
                }
                Outcome::Mismatch(value) => ("mismatch", value.as_deref()),
                Outcome::NotCountable(value) => ("word", Some(&**value)),
            };
            add(kind);
            word.into_iter().for_each(&mut add);
        }
        text.into_bytes()
    }

    /// The store that a snapshot of ours stands for.
    pub(crate) fn of_snapshot(snapshot: &Snapshot) -> Store {
        Store::decode(&snapshot.data).expect("every snapshot of this world was made by `encode`")
    }

    /// The store of a snapshot; `None` if the data are not what [`Store::encode`] makes.
    fn decode(data: &[u8]) -> Option<Store> {
        let mut words = std::str::from_utf8(data).ok()?.split(' ').peekable();
        let mut store = Store { digest: Digest::parse(words.next()?)?, ..Store::default() };
        let (values, sessions) = (Arc::make_mut(&mut store.values), Arc::make_mut(&mut store.sessions));
        while let Some(word) = words.next() {
            if word == "=" {
                values.insert(words.next()?.into(), words.next()?.into());
                continue;
            }
            let client = ClientId::new(words.next()?.parse().ok()?)?;
            let sequence = words.next()?.parse().ok()?;
            let kind = words.next()?;
            // A session without a word ends here, or at the next session.
            let word = words.next_if(|word| *word != "#").map(Arc::from);
            let outcome = match kind {
                "ok" => Outcome::Stored,
                "value" => Outcome::Value(word),
                "count" => Outcome::Counted(word?.parse().ok()?),
                "mismatch" => Outcome::Mismatch(word),
                _ => Outcome::NotCountable(word?),
            };
            sessions.insert(client, Session { sequence, outcome });
        }
        Some(store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Submission};

    /// Goal: a snapshot is the store. Method: every kind of outcome is some session's latest; the copy goes on alike.
    #[test]
    fn a_store_comes_back_from_its_snapshot_and_knows_its_sessions() {
        let mut store = Store::default();
        assert_eq!(Store::decode(&store.encode(&HostRules::default())), Some(store.clone()));
        let script = ["put x 5", "get x", "get y", "incr n", "cas x 1 2", "cas y 1 2", "put z =", "incr z", "put 中 #"];
        for (client, text) in (1..).zip(script) {
            let command = text.trim_end_matches('#').parse::<Command>();
            let Ok(command) = command else { continue };
            store.take(
                &Submission { client: ClientId::new(client).unwrap(), sequence: client * 7, command },
                &HostRules::default(),
            );
        }
        let copy = Store::decode(&store.encode(&HostRules::default())).unwrap();
        assert_eq!(copy, store);
        assert_eq!((copy.get("x"), copy.get("z"), copy.get("n")), (Some("5"), Some("="), Some("1")));
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        for data in [
            &b""[..],
            b"xyz",
            b"\xff",
            b"0123456789abcdef = x",
            b"0123456789abcdef # 0 1 ok",
            b"0123456789abcdef # 1 1 count x",
        ] {
            assert_eq!(Store::decode(data), None, "{data:?}");
        }
    }
}
