//! Lines of a stream, however long.

use std::io::{self, BufRead};

use super::{Reason, ViewError};

/// Longest line kept in memory. Real ones are below 2 000 bytes.
const MAX_LINE: usize = 2 * 1_024 * 1_024;
/// How reading a line ended.
pub(super) enum Read {
    Line,
    TooLong,
    End,
}

/// Reads one line without its end. A line that is too long is gone through and forgotten.
pub(super) fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Read> {
    line.clear();
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|b| *b == b'\n');
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        too_long |= line.len() + part.len() > MAX_LINE;
        if !too_long {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(match (any, too_long) {
        (false, _) => Read::End,
        (true, true) => Read::TooLong,
        (true, false) => Read::Line,
    })
}

/// The next line that is not empty, as text, for the mark and the header.
pub(super) fn next_text(
    input: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    line: &mut u64,
) -> Result<String, ViewError> {
    loop {
        *line += 1;
        match read_line(input, buffer)? {
            Read::End => return Err(ViewError::NoHeader),
            Read::TooLong => return Err(ViewError::BadHeader(Reason::TooLong)),
            Read::Line => {}
        }
        let text = str::from_utf8(buffer).map_err(|_| ViewError::BadHeader(Reason::Encoding))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if !text.trim().is_empty() {
            return Ok(text.to_owned());
        }
    }
}
