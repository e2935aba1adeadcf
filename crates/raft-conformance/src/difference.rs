//! Two texts, line by line: what one has and the other has not.

/// Unchanged lines shown around a change.
const CONTEXT: usize = 3;

/// The lines of both texts in order: `  ` for common ones, `- ` for those of `expected` only, `+ ` for those of `said`
/// only. Common lines far from any change are left out, with `  ...` in their place.
pub fn difference(expected: &str, said: &str) -> String {
    let (expected, said): (Vec<_>, Vec<_>) = (expected.lines().collect(), said.lines().collect());
    let marked = marked_lines(&expected, &said);
    let near_change = |at: usize| {
        let from = at.saturating_sub(CONTEXT);
        marked[from..(at + CONTEXT + 1).min(marked.len())].iter().any(|(mark, _)| *mark != ' ')
    };
    let mut text = String::new();
    let mut skipping = false;
    for (at, (mark, line)) in marked.iter().enumerate() {
        if near_change(at) {
            text.push_str(&format!("{mark} {line}\n"));
            skipping = false;
        } else if !skipping {
            text.push_str("  ...\n");
            skipping = true;
        }
    }
    text
}

/// Both texts merged along a longest common subsequence.
fn marked_lines<'a>(expected: &[&'a str], said: &[&'a str]) -> Vec<(char, &'a str)> {
    let common = common_lengths(expected, said);
    let (mut i, mut j) = (0, 0);
    let mut marked = Vec::new();
    while i < expected.len() || j < said.len() {
        if i < expected.len() && j < said.len() && expected[i] == said[j] {
            marked.push((' ', expected[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == said.len() || (i < expected.len() && common[i + 1][j] >= common[i][j + 1]) {
            marked.push(('-', expected[i]));
            i += 1;
        } else {
            marked.push(('+', said[j]));
            j += 1;
        }
    }
    marked
}

/// `[i][j]`: how many lines `expected[i..]` and `said[j..]` have in common, in order.
fn common_lengths(expected: &[&str], said: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; said.len() + 1]; expected.len() + 1];
    for i in (0..expected.len()).rev() {
        for j in (0..said.len()).rev() {
            common[i][j] =
                if expected[i] == said[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_are_marked_and_far_ones_left_out() {
        let expected = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let said = "1\n2\n3\n4\n5\nsix\n7\n8\n9\n10\n";
        assert_eq!(difference(expected, said), "  ...\n  3\n  4\n  5\n- 6\n+ six\n  7\n  8\n  9\n+ 10\n");
    }

    #[test]
    fn equal_texts_have_no_marked_line() {
        assert_eq!(difference("a\n", "a\n"), "  ...\n");
        assert_eq!(difference("", ""), "");
    }
}
