//! The built site: every file in memory, served with a strong tag and, where prepared, as brotli.
//!
//! Paths are looked up among the names that were loaded; no request ever reaches the file system,
//! so no path can lead out of the folder. An address without an extension gives the start page,
//! because the app has its own routes.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::hex;

const START_PAGE: &str = "index.html";

/// A file of the site.
#[derive(Debug)]
struct Asset {
    plain: Representation,
    brotli: Option<Representation>,
    content_type: &'static str,
    cache: &'static str,
}

/// One encoding of a file.
#[derive(Debug)]
struct Representation {
    bytes: Bytes,
    tag: String,
}

impl Representation {
    fn new(bytes: Vec<u8>) -> Self {
        let tag = format!("\"{}\"", &hex::sha256(&bytes)[..32]);
        Self {
            bytes: bytes.into(),
            tag,
        }
    }
}

/// The site as it was at start.
#[derive(Debug, Default)]
pub struct Site {
    assets: BTreeMap<String, Asset>,
}

impl Site {
    /// Loads a folder with all that is below it. Links are not followed.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        let mut site = Self::default();
        let names: Vec<String> = files
            .keys()
            .filter(|n| n.strip_suffix(".br").is_none())
            .cloned()
            .collect();
        for name in names {
            let Some(plain) = files.remove(&name) else {
                continue;
            };
            let brotli = files.remove(&format!("{name}.br"));
            let asset = Asset {
                plain: Representation::new(plain),
                brotli: brotli.map(Representation::new),
                content_type: content_type(&name),
                cache: cache(&name),
            };
            site.assets.insert(name, asset);
        }
        if site.assets.contains_key(START_PAGE) {
            Ok(site)
        } else {
            let message = format!("{} holds no {START_PAGE}", folder.display());
            Err(io::Error::new(io::ErrorKind::NotFound, message))
        }
    }

    /// Answers a request for a path; `None` where nothing stands at that address.
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
        let asset = self.find(path)?;
        let brotli = asset.brotli.as_ref().filter(|_| accepts_brotli(headers));
        let (chosen, encoding) = match brotli {
            Some(brotli) => (brotli, Some("br")),
            None => (&asset.plain, None),
        };
        let known = headers
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok());
        let unchanged = known.is_some_and(|tags| tags.split(',').any(|t| t.trim() == chosen.tag));
        let mut response = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else if method == Method::HEAD {
            StatusCode::OK.into_response()
        } else {
            chosen.bytes.clone().into_response()
        };
        let out = response.headers_mut();
        out.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(asset.content_type),
        );
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(asset.cache));
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&chosen.tag) {
            out.insert(header::ETAG, tag);
        }
        if let Some(encoding) = encoding.filter(|_| !unchanged) {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }

    fn find(&self, path: &str) -> Option<&Asset> {
        let name = path.strip_prefix('/')?;
        if let Some(asset) = self.assets.get(name) {
            return Some(asset);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
        let is_route = name.chars().all(plain) && !name.contains("//");
        if is_route {
            self.assets.get(START_PAGE)
        } else {
            None
        }
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if kind.is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else if kind.is_file() {
            files.insert(format!("{prefix}{name}"), std::fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some("br") && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00"))
        })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name with a digest never changes its content; every other is asked for again, by its tag.
fn cache(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let digest = |part: &str| {
        part.len() >= 12 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if file.split(['.', '-']).skip(1).any(digest) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}
