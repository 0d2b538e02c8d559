//! The page as markup, the code to scan, and the profile.
//!
//! What is put into the markup is ours or was checked to be a host name, an address or digits, so
//! nothing needs to be escaped.

use std::fmt::Write as _;

use crate::words::install::{Install, SYSTEMS, System};
use crate::{hex, qr};

/// What the page says of this server.
#[derive(Debug)]
pub struct Facts {
    /// The https address, without a path.
    pub address: String,
    /// The authority's SHA-256.
    pub fingerprint: String,
    /// Where a device goes on at the plain address.
    pub as_before: String,
    /// The system of whoever asks, if the browser tells.
    pub system: Option<System>,
}

/// The page of a server that has a certificate.
pub fn with(words: &Install, facts: &Facts) -> String {
    let Facts {
        address, as_before, ..
    } = facts;
    // Lines end between pairs, or nobody could compare them.
    let fingerprint = facts.fingerprint.replace(':', ":<wbr>");
    let [download, file] = words.download;
    let [compare, compare_words] = words.compare;
    let [open, open_words] = words.open;
    let [before, before_words, before_link] = words.before;
    let (steps, systems) = (words.steps.0, steps(words, facts.system));
    let (profile, reach, remove, code) = (
        words.profile,
        words.reach,
        words.remove,
        qr::svg(address, address),
    );
    let body = format!(
        r#"<p>{why}</p>
<p class="quiet">{reach}</p>
<section><h2>1. {download}</h2>
<p><a class="act" href="/install/authority.crt">{file}</a></p>
<p><a href="/install/jihe.mobileconfig">{profile}</a></p></section>
<section><h2>2. {compare}</h2><p>{compare_words}</p>
<p><code id="fingerprint">{fingerprint}</code></p></section>
<section><h2>3. {steps}</h2>{systems}</section>
<section><h2>4. {open}</h2><p>{open_words}</p>{code}
<p><a class="act" id="address" href="{address}/">{address}</a></p></section>
<section><h2>{before}</h2><p>{before_words}</p>
<p><a id="as-before" href="{as_before}">{before_link}</a></p></section>
<p class="quiet">{remove}</p>"#,
        why = words.why,
    );
    frame(words, &body)
}

/// The page of a server that has none.
pub fn without(words: &Install) -> String {
    let [what, effect, who] = words.without;
    let body = format!("<p><strong>{what}</strong></p><p>{effect}</p><p>{who}</p>");
    frame(words, &body)
}

/// The authority's certificate as a profile; what names it is made from its digest.
pub fn profile(pem: &str, der: &[u8]) -> String {
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let digest = hex::sha256(der);
    let id = |from: usize| {
        let part = |at: usize, length: usize| &digest[from + at..from + at + length];
        let parts = [
            part(0, 8),
            part(8, 4),
            part(12, 4),
            part(16, 4),
            part(20, 12),
        ];
        parts.join("-").to_uppercase()
    };
    let (outer, inner, short) = (id(0), id(32), &digest[..8]);
    let name = "Jihe 计核";
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>PayloadContent</key><array><dict>
<key>PayloadCertificateFileName</key><string>authority.crt</string>
<key>PayloadContent</key><data>{base64}</data>
<key>PayloadDisplayName</key><string>{name}</string>
<key>PayloadIdentifier</key><string>jihe.authority.{short}.certificate</string>
<key>PayloadType</key><string>com.apple.security.root</string>
<key>PayloadUUID</key><string>{inner}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></array>
<key>PayloadDisplayName</key><string>{name}</string>
<key>PayloadIdentifier</key><string>jihe.authority.{short}</string>
<key>PayloadType</key><string>Configuration</string>
<key>PayloadUUID</key><string>{outer}</string>
<key>PayloadVersion</key><integer>1</integer>
</dict></plist>
"#
    )
}

fn frame(words: &Install, body: &str) -> String {
    let Install {
        tag, other, title, ..
    } = words;
    let (other, called) = other;
    format!(
        r#"<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/install/page.css"></head>
<body><main>
<p class="quiet"><a href="/install?language={other}" lang="{other}" hreflang="{other}">{called}</a></p>
<h1>{title}</h1>
{body}
</main></body></html>
"#
    )
}

fn steps(words: &Install, system: Option<System>) -> String {
    let mut all = String::new();
    for (one, (name, steps)) in SYSTEMS.into_iter().zip(&words.steps.1) {
        // Whose browser does not tell the system sees all of them.
        let open = if system.is_none_or(|system| system == one) {
            " open"
        } else {
            ""
        };
        let list: Vec<_> = steps
            .iter()
            .map(|step| format!("<li>{step}</li>"))
            .collect();
        let list = list.concat();
        write!(
            all,
            "<details{open}><summary>{name}</summary><ol>{list}</ol></details>"
        )
        .expect("writing to a string cannot fail");
    }
    all
}
