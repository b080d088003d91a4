//! Text search: how titles become tokens, and what a query finds.
//!
//! Tokeniser version 1. A title is [normalised](normalise), then cut: a run of
//! letters and digits is a token; a run of CJK characters, which has no spaces
//! to cut at, gives every two neighbours, and its last character once more so
//! that a single character is found wherever it stands. The builder and the
//! engine share this code, because two tokenisers never quite agree.

use crate::error::{Kind, Result};
use crate::lowercase::lowercase;
use crate::shard::postings_rows;
use crate::shard::{Bytes, Section, Shard};

/// Version of the tokens in a shard's postings.
pub const TOKENISER: u32 = 1;

/// A text in lower case, full-width forms made half-width, every run of other
/// characters than letters and digits made one space, none at the ends.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(half_width) {
        if !c.is_alphanumeric() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        out.push(lowercase(c));
    }
    out.truncate(out.trim_end().len());
    out
}

/// The tokens of a text, in order, with repeats.
pub fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for run in runs(&normalise(text)) {
        out.extend(run.bigrams());
        match run {
            Run::Word(word) => out.push(word),
            Run::Cjk(chars) => out.extend(chars.last().map(char::to_string)),
        }
    }
    out
}

/// A stretch of a normalised text without a break.
enum Run {
    Word(String),
    Cjk(Vec<char>),
}

impl Run {
    fn bigrams(&self) -> Vec<String> {
        match self {
            Run::Word(_) => Vec::new(),
            Run::Cjk(chars) => {
                chars.windows(2).map(|pair| pair.iter().collect()).collect()
            }
        }
    }
}

fn runs(normalised: &str) -> Vec<Run> {
    let mut out = Vec::new();
    for word in normalised.split(' ').filter(|word| !word.is_empty()) {
        let chars: Vec<char> = word.chars().collect();
        for run in chars.chunk_by(|&a, &b| is_cjk(a) == is_cjk(b)) {
            out.push(if is_cjk(run[0]) {
                Run::Cjk(run.to_vec())
            } else {
                Run::Word(run.iter().collect())
            });
        }
    }
    out
}

/// Full-width ASCII and the ideographic space as their half-width forms.
fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Han, kana and hangul: written without spaces, or searched by part.
fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// What a query asks of the token table: one token, or all that start so.
enum Wanted {
    Token(String),
    Prefix(String),
}

/// A word, half typed or whole, asks for a prefix; of CJK two characters or
/// more ask for their pairs, one for a prefix.
fn wanted(query: &str) -> Vec<Wanted> {
    let mut out = Vec::new();
    for run in runs(&normalise(query)) {
        match run {
            Run::Word(word) => out.push(Wanted::Prefix(word)),
            Run::Cjk(ref chars) if chars.len() == 1 => {
                out.push(Wanted::Prefix(chars[0].to_string()));
            }
            run => out.extend(run.bigrams().into_iter().map(Wanted::Token)),
        }
    }
    out
}

/// For each thing the query asks for, the rows that have it. A query without
/// letters or digits asks for nothing.
pub(crate) fn find<B: Bytes>(shard: &Shard<B>, query: &str) -> Result<Vec<Vec<u32>>> {
    if !shard.has(Section::Tokens) {
        return Err(Kind::NotSearchable.into());
    }
    let version = shard.model()?.tokeniser;
    if version != TOKENISER {
        return Err(Kind::Unsupported {
            what: "search postings".into(),
            expected: format!("tokeniser {TOKENISER}"),
            found: format!("tokeniser {version}"),
        }
        .into());
    }
    wanted(query)
        .iter()
        .map(|wanted| rows_with(shard, wanted))
        .collect()
}

fn rows_with<B: Bytes>(shard: &Shard<B>, wanted: &Wanted) -> Result<Vec<u32>> {
    let tokens = shard.tokens()?;
    let found = match wanted {
        Wanted::Token(token) => tokens.find(token).map_or(0..0, |i| i..i + 1),
        Wanted::Prefix(prefix) => {
            let first = tokens.partition(|t| t < prefix.as_str());
            let end = tokens
                .partition(|t| t < prefix.as_str() || t.starts_with(prefix.as_str()));
            first..end
        }
    };
    let mut rows = Vec::new();
    for token in found {
        postings_rows(shard, token, &mut rows)?;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn normalises_case_width_and_punctuation() {
        assert_eq!(
            normalise("  Wuyi-Rock　TEA（２５０ｇ）! "),
            "wuyi rock tea 250g"
        );
        assert_eq!(normalise("—…"), "");
    }

    #[test]
    fn cuts_words_whole_and_cjk_in_pairs() {
        assert_eq!(tokens("Tea 250g"), ["tea", "250g"]);
        assert_eq!(
            tokens("武夷岩茶250g"),
            ["武夷", "夷岩", "岩茶", "茶", "250g"]
        );
        assert_eq!(tokens("茶"), ["茶"]);
    }

    proptest! {
        /// Titles are matched by their normalised form, so it must be stable.
        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }
    }
}
