//! What a root object holds: the lists that may be its users, and the keys of a user.

use crate::effort::spend;
use crate::error::{Error, ErrorCode, FoundList};
use crate::input::record::{Fatal, Place, fatal};
use crate::json::blank::is_blank;
use crate::json::text::text_of;
use crate::plan::path::{FieldPath, Segment};
use crate::plan::profile::DEFAULT_CSV_FIELDS;

/// Lists and maps are noted this many keys deep.
const DEPTH: usize = 2;

/// How many of them are noted, besides lists under keys of the root.
const MOST: usize = 50;

/// How many lists under keys of the root are noted.
const MOST_IN_ROOT: usize = 1000;

/// A longer key is none that anybody asks for.
const LONGEST_KEY: usize = 1000;

/// A list that is empty or whose first element is an object, or a map: an object whose values are
/// all objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The keys that lead to it.
    pub keys: Vec<String>,
    pub is_map: bool,
    /// How many elements it has; `None` if they were read elsewhere.
    pub length: Option<u64>,
}

/// What is said of lists and maps: where they are and how many elements they have.
pub(crate) fn describe(held: &[Held]) -> String {
    let each = held.iter().map(|held| match held.length {
        Some(length) => format!("`{}` ({length})", path_of(&held.keys)),
        None => format!("`{}`", path_of(&held.keys)),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The job fails, as it is not known which list or map holds the users.
pub(crate) fn bad_layout(place: Place, message: String, held: &[Held]) -> Fatal {
    Fatal::new(Error {
        code: ErrorCode::BadLayout,
        lists: found_lists(held).into(),
        ..*fatal(place, message)
    })
}

/// Lists and maps as an error and findings tell of them.
pub(crate) fn found_lists(held: &[Held]) -> Vec<FoundList> {
    let lists = held.iter().map(|held| FoundList {
        at: path_of(&held.keys),
        length: held.length,
    });
    lists.collect()
}

/// Keys as a field path.
pub(crate) fn path_of(keys: &[String]) -> String {
    let segments = keys.iter().map(|key| Segment::Name(key.clone()));
    FieldPath::new(segments.collect()).map_or(String::new(), |path| path.to_string())
}

/// Takes the bytes of a root object, which must be valid.
#[derive(Clone, Debug)]
pub(crate) struct Census {
    /// A map with these keys is told of at its start, not its end.
    asked: Vec<String>,
    /// Open brackets.
    depth: usize,
    /// The open objects whose keys are read, from the root on.
    levels: Vec<Level>,
    state: State,
    /// Whether the list or map that starts here has been told of.
    is_told: bool,
    marks: Marks,
    held: Vec<Held>,
    /// Which of them is a list that is still open.
    open: Option<usize>,
}

/// An open object whose keys are read.
#[derive(Clone, Debug, Default)]
struct Level {
    /// The last key, without quotes and as written.
    key: Vec<u8>,
    members: u64,
    has_other_values: bool,
}

impl Level {
    /// The last key; `None` if nobody can name it.
    fn name(&self) -> Option<String> {
        // A longer one may end inside an escape.
        let key = Some(&self.key).filter(|key| key.len() <= LONGEST_KEY)?;
        text_of(key)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Anywhere else between tokens, or in a number or word.
    Between,
    /// In a string that is no key, or a key that nobody reads.
    String {
        is_escaped: bool,
    },
    /// Before a key that is read, or the end of its object.
    BeforeKey,
    Key {
        is_escaped: bool,
    },
    /// Behind a key that was read, up to its value.
    BeforeValue,
    /// Behind the bracket of a list, or of the map that is asked for.
    Start,
}

/// What the keys of the root say.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    has_key_of_user: bool,
    has_id: bool,
    has_name: bool,
    has_attribute: bool,
}

impl Census {
    /// Of an object whose brace is taken first.
    pub(crate) fn new(asked: Option<&[String]>) -> Self {
        Self {
            asked: asked.unwrap_or_default().to_vec(),
            depth: 0,
            levels: Vec::new(),
            state: State::Between,
            is_told: false,
            marks: Marks::default(),
            held: Vec::new(),
            open: None,
        }
    }

    /// Takes bytes. Stops before the first element, or the closing bracket, of a list or of the map
    /// that is asked for, and returns how many bytes it took; the next call goes on from there.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        let stop = loop {
            let Some(&byte) = bytes.get(at) else {
                break None;
            };
            match self.state {
                State::String { is_escaped: false } => {
                    let length = memchr::memchr2(b'"', b'\\', &bytes[at..]);
                    at += length.unwrap_or(bytes.len() - at);
                    match bytes.get(at) {
                        None => break None,
                        Some(b'"') => self.state = State::Between,
                        Some(_) => self.state = State::String { is_escaped: true },
                    }
                }
                State::Start if !is_blank(byte) && !self.is_told => {
                    self.start(byte);
                    break Some(at);
                }
                state => self.state = self.next(state, byte),
            }
            at += 1;
        };
        spend(at);
        stop
    }

    fn next(&mut self, state: State, byte: u8) -> State {
        match state {
            State::String { .. } => State::String { is_escaped: false },
            State::Key { is_escaped } => {
                let Some(level) = self.levels.last_mut() else {
                    return State::Between;
                };
                if byte == b'"' && !is_escaped {
                    level.members += 1;
                    self.mark();
                    return State::BeforeValue;
                }
                if level.key.len() <= LONGEST_KEY {
                    level.key.push(byte);
                }
                State::Key {
                    is_escaped: byte == b'\\' && !is_escaped,
                }
            }
            _ if is_blank(byte) => state,
            State::BeforeKey if byte == b'"' => {
                if let Some(level) = self.levels.last_mut() {
                    level.key.clear();
                }
                State::Key { is_escaped: false }
            }
            State::BeforeValue if byte == b':' => state,
            State::BeforeValue => self.value(byte),
            _ => self.token(byte),
        }
    }

    /// The value of a key that was read begins.
    fn value(&mut self, byte: u8) -> State {
        match byte {
            b'{' => self.open_object(),
            b'[' => {
                self.other_value();
                self.depth += 1;
                match self.levels.len() <= DEPTH.max(self.asked.len()) {
                    true => {
                        self.is_told = false;
                        State::Start
                    }
                    false => State::Between,
                }
            }
            _ => {
                self.other_value();
                self.token(byte)
            }
        }
    }

    fn other_value(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.has_other_values = true;
        }
    }

    fn open_object(&mut self) -> State {
        self.depth += 1;
        if self.levels.len() > DEPTH.max(self.asked.len()) {
            return State::Between;
        }
        let is_asked = !self.asked.is_empty() && self.keys().as_ref() == Some(&self.asked);
        self.levels.push(Level::default());
        match is_asked {
            true => {
                self.is_told = false;
                State::Start
            }
            false => State::BeforeKey,
        }
    }

    /// Any token but a key that is read and the start of its value.
    fn token(&mut self, byte: u8) -> State {
        let is_watched = self.depth == self.levels.len();
        match byte {
            b'"' => return State::String { is_escaped: false },
            b'{' if self.depth == 0 => return self.open_object(),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if is_watched => self.close_object(),
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == self.levels.len() {
                    self.open = None;
                }
            }
            b',' if is_watched => return State::BeforeKey,
            b',' if self.depth == self.levels.len() + 1 => {
                let open = self.open.and_then(|open| self.held.get_mut(open));
                if let Some(length) = open.and_then(|list| list.length.as_mut()) {
                    *length += 1;
                }
            }
            _ => {}
        }
        State::Between
    }

    /// The keys that lead to the value that begins, or has begun, in the innermost object; `None` if
    /// nobody can name one of them.
    fn keys(&self) -> Option<Vec<String>> {
        self.levels.iter().map(Level::name).collect()
    }

    /// A list, or the map that is asked for, begins with this byte.
    fn start(&mut self, first: u8) {
        self.is_told = true;
        self.open = None;
        let is_list = self.depth > self.levels.len() && self.levels.len() <= DEPTH;
        match first {
            b'{' if is_list => self.open = self.hold(false, 1),
            b']' if is_list => drop(self.hold(false, 0)),
            _ => {}
        }
    }

    fn close_object(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let Some(level) = self.levels.pop() else {
            return;
        };
        let is_map = level.members > 0 && !level.has_other_values;
        if is_map && (1..=DEPTH).contains(&self.levels.len()) {
            self.hold(true, level.members);
        }
    }

    /// Notes a list or map; returns its number.
    fn hold(&mut self, is_map: bool, length: u64) -> Option<usize> {
        let most = match self.levels.len() {
            1 if !is_map => MOST_IN_ROOT,
            _ => MOST,
        };
        let keys = self.keys().filter(|_| self.held.len() < most)?;
        self.held.push(Held {
            keys,
            is_map,
            length: Some(length),
        });
        Some(self.held.len() - 1)
    }

    /// Goes on behind the closing bracket of what it has stopped at, whose elements were read
    /// elsewhere.
    pub(crate) fn pass(&mut self, is_map: bool) {
        if let Some(list) = self.open.take().and_then(|open| self.held.get_mut(open)) {
            list.length = None;
        }
        if is_map {
            self.levels.pop();
        }
        self.depth = self.depth.saturating_sub(1);
        self.state = State::Between;
    }

    /// The keys of what it has stopped at, and whether that is a map.
    pub(crate) fn stopped_at(&self) -> Option<(Vec<String>, bool)> {
        let is_map = self.depth == self.levels.len();
        let around = &self.levels[..self.levels.len() - usize::from(is_map)];
        let keys = around.iter().map(Level::name).collect::<Option<_>>()?;
        Some((keys, is_map))
    }

    /// Notes what a key of the root says.
    fn mark(&mut self) {
        let [root] = &self.levels[..] else { return };
        let Some(key) = root.name() else { return };
        let marks = &mut self.marks;
        match key.as_str() {
            "user_id" | "email" | "_id" | "username" => marks.has_key_of_user = true,
            "id" => marks.has_id = true,
            "name" => marks.has_name = true,
            _ => {}
        }
        marks.has_attribute |= DEFAULT_CSV_FIELDS.contains(&key.as_str());
    }

    /// Whether the object is a user, whatever lists it holds.
    pub(crate) fn is_user(&self) -> bool {
        self.marks.has_key_of_user || self.marks.has_id && self.marks.has_name
    }

    /// Whether it has an attribute of Auth0's profiles.
    pub(crate) fn has_attribute(&self) -> bool {
        self.marks.has_attribute
    }

    /// The lists and maps found so far.
    pub(crate) fn held(&self) -> &[Held] {
        &self.held
    }

    /// The list whose elements are being taken.
    pub(crate) fn open_list(&self) -> Option<&Held> {
        self.open.and_then(|open| self.held.get(open))
    }
}
