//! A web server for this machine only.

use super::headers;
use anyhow::{Context, Result, bail};
use axum::Router;
use std::{
    net::{Ipv4Addr, TcpListener},
    path::Path,
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

const DEFAULT_PORT: u16 = 8080;

/// A server that holds its port, and answers once it serves.
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes the wanted port, or the first free one from 8080 on.
    pub fn listen(wanted: Option<u16>) -> Result<Self> {
        let listener = match wanted {
            Some(port) => TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .with_context(|| format!("port {port} is not free"))?,
            None => first_free(DEFAULT_PORT..DEFAULT_PORT + 100)?,
        };
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves a folder for ever.
    pub fn serve(self, folder: &Path) -> Result<()> {
        let mut router = Router::new().fallback_service(ServeDir::new(folder));
        for (name, value) in headers::all() {
            router = router.layer(SetResponseHeaderLayer::overriding(name, value));
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            Ok(axum::serve(listener, router).await?)
        })
    }
}

fn first_free(ports: std::ops::Range<u16>) -> Result<TcpListener> {
    for port in ports.clone() {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return Ok(listener);
        }
    }
    bail!("no port from {} to {} is free", ports.start, ports.end - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs,
        io::{Read, Write},
        net::TcpStream,
        thread,
    };

    #[test]
    fn takes_the_next_port_but_not_instead_of_a_wanted_one() {
        let taken = Server::listen(Some(0)).unwrap();
        assert!(Server::listen(Some(taken.port)).is_err());
        let next = first_free(taken.port..taken.port + 100).unwrap();
        assert!(next.local_addr().unwrap().port() > taken.port);
    }

    #[test]
    fn answers_with_types_and_headers() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["index.html", "a.js", "a_bg.wasm"] {
            fs::write(folder.path().join(name), "content").unwrap();
        }
        let server = Server::listen(Some(0)).unwrap();
        let port = server.port;
        let served = folder.path().to_owned();
        thread::spawn(move || server.serve(&served));
        for (path, status, kind) in [
            ("/", "200", "text/html"),
            ("/a.js", "200", "text/javascript"),
            ("/a_bg.wasm", "200", "application/wasm"),
            ("/none", "404", ""),
            ("/../Cargo.toml", "404", ""),
        ] {
            let answer = get(port, path);
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {status} ")),
                "{path}: {answer}"
            );
            assert!(
                answer.contains(&format!("content-type: {kind}")) || kind.is_empty(),
                "{answer}"
            );
            for (name, value) in headers::all() {
                let line = format!("{name}: {}\r\n", value.to_str().unwrap());
                assert!(answer.contains(&line), "{path}: {line}");
            }
        }
    }

    fn get(port: u16, path: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}
