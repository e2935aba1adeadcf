//! Plain data on its way to JavaScript: one small writer of JSON, and the macro that makes a type both known to TypeScript and
//! writable.
//!
//! It knows no field of any view. The page asks for a view after every change, so what crosses the boundary crosses in one
//! piece, as one text; and one writer that is no generic is a third of the code of a serializer for each type.

use std::fmt::{self, Display, Write};
use std::marker::PhantomData;

use wasm_bindgen::prelude::*;

/// How `Text`, `Json` and `List` look to TypeScript.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "/** A text. */\nexport type Text = string;\n/** A list. */\nexport type List<T> = T[];\n/** A value. */\nexport type Json<T> = T;\n";

/// What can be written.
pub trait Plain {
    /// Writes it as the next value of the object or list that is open.
    fn put(self, out: &mut Writer);
}

/// A text that is not made before it is written.
#[derive(Copy, Clone)]
pub enum Text<'a> {
    /// A node's name, `n1`.
    Node(u64),
    /// A client's name, `c1`.
    Client(u64),
    /// Both ends of a link, `n1-n2`.
    Pair(u64, u64),
    /// A number that JavaScript's numbers cannot hold, in decimal.
    Decimal(u64),
    /// Words that are there already.
    Words(&'a str),
    /// What a thing of the world calls itself.
    Shown(&'a dyn Display),
}

/// A value of this type, written already; nothing written is an empty list.
pub struct Json<T: ?Sized> {
    json: Vec<u8>,
    of: PhantomData<T>,
}

impl<T: ?Sized> Json<T> {
    /// Whether there is a value at all.
    pub(crate) fn is_written(&self) -> bool {
        !self.json.is_empty()
    }
}

/// A list of values of one type, written already.
pub type List<T> = Json<[T]>;

impl<T> Default for List<T> {
    fn default() -> List<T> {
        Json { json: Vec::new(), of: PhantomData }
    }
}

/// Writes a list.
pub(crate) fn list<T: Plain>(items: impl IntoIterator<Item = T>) -> List<T> {
    let mut out = Writer::list();
    items.into_iter().for_each(|item| item.put(&mut out));
    out.list_end();
    out.end()
}

#[wasm_bindgen]
extern "C" {
    /// That of js-sys hands an exception over, and ours would be a fault of ours: this one lets it through to the page.
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(text: &str) -> JsValue;
}

/// What a value says, as JavaScript's own values.
pub(crate) fn to_js(value: impl Plain) -> JsValue {
    let mut out = Writer::default();
    value.put(&mut out);
    // Pieces of whole texts make a whole text; were it not so, JavaScript would say that this is no JSON.
    parse(std::str::from_utf8(&out.out).unwrap_or_default())
}

/// A JSON text that grows, and the names of what comes next.
#[derive(Default)]
pub struct Writer {
    out: Vec<u8>,
    /// The names of the fields that the open object still lacks, each followed by a space; empty in a list.
    names: &'static [u8],
    /// Those of the objects around it.
    around: Vec<&'static [u8]>,
}

impl Writer {
    /// What was written is one value of this type.
    pub(crate) fn end<T: ?Sized>(self) -> Json<T> {
        Json { json: self.out, of: PhantomData }
    }

    // What a list begins and ends with is apart from `list`, which is compiled once for each.
    #[inline(never)]
    fn list() -> Writer {
        Writer { out: vec![b'['], ..Writer::default() }
    }

    #[inline(never)]
    fn list_end(&mut self) {
        self.out.push(b']');
    }

    /// Writes what is written already.
    #[inline(never)]
    fn written(&mut self, json: Vec<u8>) {
        self.bare(if json.is_empty() { b"[]" } else { &json });
    }

    /// Opens an object as the next value; `names` are those of its fields, each followed by a space.
    pub fn open(&mut self, names: &'static [u8]) {
        self.next();
        self.out.push(b'{');
        self.around.push(self.names);
        self.names = names;
    }

    /// Opens an object whose first name is the value of its field `kind`.
    pub fn open_kind(&mut self, names: &'static [u8]) {
        self.open(names);
        self.out.extend_from_slice(b"\"kind\":");
        self.name();
    }

    /// Closes an object.
    pub fn close(&mut self) {
        self.out.push(b'}');
        self.names = self.around.pop().unwrap_or_default();
    }

    /// Writes one of several words, the one at place `nth` of `all`.
    pub fn word(&mut self, all: &'static [u8], nth: usize) {
        self.next();
        let names = std::mem::replace(&mut self.names, all);
        for _ in 0..nth {
            self.take_name();
        }
        self.name();
        self.names = names;
    }

    /// Writes a number.
    fn number(&mut self, number: u64) {
        self.next();
        self.digits(number);
    }

    /// Writes a letter and a number as a text.
    fn letter_number(&mut self, letter: u8, number: u64) {
        self.next();
        self.out.extend_from_slice(&[b'"', letter]);
        self.digits(number);
        self.out.push(b'"');
    }

    fn digits(&mut self, mut number: u64) {
        // u64::MAX has 20 digits.
        let mut digits = [0_u8; 20];
        let mut place = digits.len();
        loop {
            place -= 1;
            digits[place] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[place..]);
    }

    /// Writes something that needs no quotes: `true`, `null`, what is written already.
    fn bare(&mut self, json: &[u8]) {
        self.next();
        self.out.extend_from_slice(json);
    }

    /// Writes words as a text.
    fn words(&mut self, words: &str) {
        self.next();
        self.out.push(b'"');
        self.escaped(words);
        self.out.push(b'"');
    }

    /// Writes what a thing of the world calls itself.
    fn shown(&mut self, shown: &dyn Display) {
        self.next();
        self.out.push(b'"');
        // A text grows without fail, and so does what is shown in one.
        let _ = write!(Escaped(self), "{shown}");
        self.out.push(b'"');
    }

    fn escaped(&mut self, words: &str) {
        for &byte in words.as_bytes() {
            match byte {
                b'"' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                0..b' ' => {
                    let hex = b"0123456789abcdef";
                    let (high, low) = (hex[usize::from(byte >> 4)], hex[usize::from(byte & 15)]);
                    self.out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                }
                _ => self.out.push(byte),
            }
        }
    }

    /// What stands before a value: a comma unless it is the first, and its name if it has one.
    fn next(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[')) {
            self.out.push(b',');
        }
        if !self.names.is_empty() {
            self.name();
            self.out.push(b':');
        }
    }

    /// The next of the names, in quotes.
    fn name(&mut self) {
        self.out.push(b'"');
        let name = self.take_name();
        self.out.extend_from_slice(name);
        self.out.push(b'"');
    }

    fn take_name(&mut self) -> &'static [u8] {
        let end = self.names.iter().position(|&byte| byte == b' ').unwrap_or(self.names.len());
        let (name, rest) = self.names.split_at(end);
        self.names = rest.get(1..).unwrap_or_default();
        name
    }
}

/// Lets words through to where a text is open.
struct Escaped<'a>(&'a mut Writer);

impl Write for Escaped<'_> {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.0.escaped(words);
        Ok(())
    }
}

impl Plain for u64 {
    #[inline(always)]
    fn put(self, out: &mut Writer) {
        out.number(self);
    }
}

impl Plain for u32 {
    #[inline(always)]
    fn put(self, out: &mut Writer) {
        out.number(u64::from(self));
    }
}

impl Plain for bool {
    fn put(self, out: &mut Writer) {
        out.bare(if self { b"true" } else { b"false" });
    }
}

impl Plain for Text<'_> {
    #[inline(always)]
    fn put(self, out: &mut Writer) {
        match self {
            Text::Node(node) => out.letter_number(b'n', node),
            Text::Client(client) => out.letter_number(b'c', client),
            Text::Pair(a, b) => out.shown(&format_args!("n{a}-n{b}")),
            Text::Decimal(number) => out.shown(&number),
            Text::Words(words) => out.words(words),
            Text::Shown(shown) => out.shown(shown),
        }
    }
}

impl<T: ?Sized> Plain for Json<T> {
    #[inline(always)]
    fn put(self, out: &mut Writer) {
        out.written(self.json);
    }
}

impl<T: Plain> Plain for Option<T> {
    #[inline(always)]
    fn put(self, out: &mut Writer) {
        match self {
            Some(value) => value.put(out),
            None => out.bare(b"null"),
        }
    }
}

/// Rust's names, each followed by a space, in JavaScript's spelling; what they are shorter by is spaces at the end.
pub(crate) const fn spelled<const LEN: usize>(names: &str) -> [u8; LEN] {
    let names = names.as_bytes();
    let mut spelled = [b' '; LEN];
    let (mut from, mut to) = (0, 0);
    while from < names.len() {
        let is_first = from == 0 || names[from - 1] == b' ';
        let follows_bar = from > 0 && names[from - 1] == b'_';
        if names[from] != b'_' {
            spelled[to] = match names[from] {
                letter if is_first => letter.to_ascii_lowercase(),
                letter if follows_bar => letter.to_ascii_uppercase(),
                letter => letter,
            };
            to += 1;
        }
        from += 1;
    }
    spelled
}

/// `spelled` of some names, made when this is compiled.
macro_rules! names {
    ($($name:ident)*) => {{
        const RUST: &str = concat!($(stringify!($name), " "),*);
        const JS: &[u8] = &$crate::plain::spelled::<{ RUST.len() }>(RUST);
        JS
    }};
}

/// Types of plain data: structs, enums of words, and enums whose variants are objects with a `kind`. Each gets its TypeScript
/// type and a `put` that writes its fields in their order, with their names in JavaScript's spelling.
///
/// `put` is always inlined: where a value is made and put, only its fields' calls remain.
macro_rules! plain {
    () => {};
    ($(#[$meta:meta])* pub struct $name:ident $(<$life:lifetime>)? {
        $($(#[$note:meta])* pub $field:ident: $type:ty,)*
    } $($rest:tt)*) => {
        $(#[$meta])*
        #[derive(tsify::Tsify)]
        #[tsify(missing_as_null)]
        #[serde(rename_all = "camelCase")]
        pub struct $name $(<$life>)? {
            $($(#[$note])* pub $field: $type,)*
        }
        impl $(<$life>)? $crate::plain::Plain for $name $(<$life>)? {
            #[inline(always)]
            fn put(self, out: &mut $crate::plain::Writer) {
                out.open($crate::plain::names!($($field)*));
                $($crate::plain::Plain::put(self.$field, out);)*
                out.close();
            }
        }
        plain! { $($rest)* }
    };
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident,)* } $($rest:tt)*) => {
        $(#[$meta])*
        #[derive(Copy, Clone, tsify::Tsify)]
        #[serde(rename_all = "camelCase")]
        pub enum $name {
            $($(#[$note])* $variant,)*
        }
        impl $crate::plain::Plain for $name {
            #[inline(always)]
            fn put(self, out: &mut $crate::plain::Writer) {
                out.word($crate::plain::names!($($variant)*), self as usize);
            }
        }
        plain! { $($rest)* }
    };
    ($(#[$meta:meta])* pub enum $name:ident $(<$life:lifetime>)? {
        $($(#[$note:meta])* $variant:ident { $($(#[$remark:meta])* $field:ident: $type:ty,)* },)*
    } $($rest:tt)*) => {
        $(#[$meta])*
        #[derive(tsify::Tsify)]
        #[tsify(missing_as_null)]
        #[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
        pub enum $name $(<$life>)? {
            $($(#[$note])* $variant { $($(#[$remark])* $field: $type,)* },)*
        }
        impl $(<$life>)? $crate::plain::Plain for $name $(<$life>)? {
            #[inline(always)]
            fn put(self, out: &mut $crate::plain::Writer) {
                match self {
                    $($name::$variant { $($field,)* } => {
                        out.open_kind($crate::plain::names!($variant $($field)*));
                        $($crate::plain::Plain::put($field, out);)*
                        out.close();
                    })*
                }
            }
        }
        plain! { $($rest)* }
    };
}

pub(crate) use {names, plain};

#[cfg(test)]
mod tests {
    use super::*;

    plain! {
        /// A word.
        pub enum Colour {
            /// One.
            Red,
            /// Another.
            DeepBlue,
        }

        /// A variant.
        pub enum Shape<'a> {
            /// With fields.
            RoundThing {
                /// A text.
                its_name: Text<'a>,
                /// A list.
                parts: List<Part>,
            },
        }

        /// A struct.
        pub struct Part {
            /// May be missing.
            pub at_us: Option<u64>,
            /// A word.
            pub colour: Colour,
            /// Two words that end alike.
            pub cut_a_b: bool,
        }
    }

    fn text<T>(list: List<T>) -> String {
        String::from_utf8(list.json).expect("UTF-8")
    }

    #[test]
    fn fields_are_named_and_nested_as_javascript_has_them() {
        let parts = || {
            let first = Part { at_us: Some(u64::MAX), colour: Colour::DeepBlue, cut_a_b: true };
            list([first, Part { at_us: None, colour: Colour::Red, cut_a_b: false }])
        };
        let shapes = list([
            Shape::RoundThing { its_name: Text::Node(10), parts: parts() },
            Shape::RoundThing { its_name: Text::Pair(1, 2), parts: List::default() },
        ]);
        let written = [
            r#"{"atUs":18446744073709551615,"colour":"deepBlue","cutAB":true}"#,
            r#"{"atUs":null,"colour":"red","cutAB":false}"#,
        ];
        let first = format!(r#"{{"kind":"roundThing","itsName":"n10","parts":[{}]}}"#, written.join(","));
        assert_eq!(text(shapes), format!(r#"[{first},{{"kind":"roundThing","itsName":"n1-n2","parts":[]}}]"#));
    }

    #[test]
    fn no_text_breaks_out_of_its_quotes() {
        let hard = "a \"b\" \\ \n\u{1f}\u{7f}é漢";
        let escaped = r#""a \"b\" \\ \u000a\u001f"#.to_owned() + "\u{7f}é漢\"";
        assert_eq!(text(list([Text::Words(hard), Text::Shown(&hard)])), format!("[{escaped},{escaped}]"));
        assert_eq!(text(list([Text::Client(3), Text::Decimal(u64::MAX)])), r#"["c3","18446744073709551615"]"#);
    }
}
