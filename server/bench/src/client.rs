//! HTTP/1.1 by hand on a connection that stays open: the least a load generator can do.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::Bench;

/// A connection that stays open.
pub struct Connection {
    stream: TcpStream,
    /// What was received; the answer that is being read starts at 0.
    received: Vec<u8>,
    body: Vec<u8>,
}

/// An answer.
pub struct Answer<'a> {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: &'a [u8],
}

/// A request to read.
pub fn get(path: &str, cookie: &str, accepted: &str) -> Vec<u8> {
    let accepts = if accepted.is_empty() { "" } else { "accept-encoding: " };
    let end = if accepted.is_empty() { "\r\n" } else { "\r\n\r\n" };
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\n{accepts}{accepted}{end}")
        .into_bytes()
}

/// A request that sends JSON.
pub fn post(path: &str, cookie: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\ncontent-type: application/json\r\nsec-fetch-site: same-origin\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Bench<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(1 << 16), body: Vec::new() })
    }

    /// Sends a request and reads its answer.
    pub async fn ask(&mut self, request: &[u8]) -> Bench<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.received.clear();
        self.body.clear();
        let head_end = self.find(0, b"\r\n\r\n").await? + 4;
        let head = std::str::from_utf8(&self.received[..head_end])?.to_ascii_lowercase();
        let status = head.get(9..12).ok_or("not HTTP")?.parse()?;
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        match length {
            Some(length) => {
                let end = head_end + length.trim().parse::<usize>()?;
                self.until(end).await?;
                self.body.extend_from_slice(&self.received[head_end..end]);
            }
            None if head.contains("transfer-encoding: chunked") => self.chunks(head_end).await?,
            None => {}
        }
        Ok(Answer { status, body: &self.body })
    }

    async fn chunks(&mut self, mut start: usize) -> Bench<()> {
        loop {
            let line_end = self.find(start, b"\r\n").await?;
            let size = std::str::from_utf8(&self.received[start..line_end])?;
            let size = usize::from_str_radix(size, 16)?;
            start = line_end + 2 + size + 2;
            self.until(start).await?;
            if size == 0 {
                return Ok(());
            }
            self.body.extend_from_slice(&self.received[line_end + 2..start - 2]);
        }
    }

    /// Where these bytes are, from a place on.
    async fn find(&mut self, from: usize, wanted: &[u8]) -> Bench<usize> {
        loop {
            let there = self.received.get(from..).unwrap_or_default();
            if let Some(place) = there.windows(wanted.len()).position(|bytes| bytes == wanted) {
                return Ok(from + place);
            }
            self.more().await?;
        }
    }

    /// Receives until there are this many bytes.
    async fn until(&mut self, length: usize) -> Bench<()> {
        while self.received.len() < length {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> Bench<()> {
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}
