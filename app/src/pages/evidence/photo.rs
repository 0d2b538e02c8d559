//! A chosen file, made ready to be kept: a photo becomes smaller and loses what it says beside the
//! picture (the place where it was taken, the device); anything else stays as it is.

use js_sys::{Promise, Uint8Array};
use leptos::prelude::document;
use shared::evidence::{MOST_BYTES, MediaType, plain_name};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement, Url};

use crate::i18n::evidence as words;
use crate::session::evidence::Chosen;

/// The longest side of a photo, in pixels: a page of print stays readable on it.
const LONGEST_SIDE: u32 = 1_600;
/// How exactly a photo is written, of 1.
const QUALITY: f64 = 0.8;
/// The most characters of a file's name.
const MOST_NAME: usize = 120;
/// The name of a file that has none.
const NAMELESS: &str = "file";

/// Reads a file as it will be kept; what cannot be is told in words.
pub(super) async fn ready(file: File) -> Result<Chosen, String> {
    let name = file.name();
    if file.type_().starts_with("image/") || is_named_as_picture(&name) {
        return photo(&file).await;
    }
    if file.size() > f64::from(MOST_BYTES) {
        return Err(words::too_large(&size(file.size())));
    }
    let bytes = read(&file).await;
    let bytes = bytes.map_err(|_| words::not_kept().to_owned())?;
    let media = MediaType::of_content(&bytes.to_vec());
    let media = media.ok_or_else(|| words::kind_unfit().to_owned())?;
    if media.is_image() {
        return photo(&file).await;
    }
    let name = named(&name);
    Ok(Chosen { name, media, bytes })
}

/// Some pickers say nothing of what a file is.
fn is_named_as_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    matches!(&*ending, "jpg" | "jpeg" | "png" | "webp" | "heic" | "heif")
}

/// A picture, made smaller; whatever it was before, it is a photo then.
async fn photo(file: &File) -> Result<Chosen, String> {
    let bytes = smaller(file).await;
    let bytes = bytes.map_err(|_| words::picture_unreadable().to_owned())?;
    let name = file.name();
    let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    let name = named(&format!("{stem}.{}", MediaType::Jpeg.extension()));
    let media = MediaType::Jpeg;
    Ok(Chosen { name, media, bytes })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size in bytes is whole and not negative; one beyond four gigabytes is told as that"
)]
fn size(bytes: f64) -> String {
    words::size(bytes as u32)
}

fn named(name: &str) -> String {
    match plain_name(name, MOST_NAME) {
        plain if plain.is_empty() => NAMELESS.to_owned(),
        plain => plain,
    }
}

async fn read(blob: &Blob) -> Result<Uint8Array, JsValue> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

/// Draws a picture anew, at most so large: the new file holds the picture and nothing else.
async fn smaller(file: &File) -> Result<Uint8Array, JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let drawn = drawn(&address).await;
    Url::revoke_object_url(&address)?;
    let blob: Blob = written(&drawn?).await?.dyn_into()?;
    read(&blob).await
}

async fn drawn(address: &str) -> Result<HtmlCanvasElement, JsValue> {
    let picture = HtmlImageElement::new()?;
    picture.set_src(address);
    JsFuture::from(picture.decode()).await?;
    let (width, height) = (picture.natural_width(), picture.natural_height());
    let longest = width.max(height);
    if longest == 0 {
        return Err(JsValue::NULL);
    }
    let fitted = |side: u32| {
        // One that is smaller already keeps its size.
        let fitted = u64::from(side) * u64::from(LONGEST_SIDE.min(longest)) / u64::from(longest);
        u32::try_from(fitted).unwrap_or(LONGEST_SIDE).max(1)
    };
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(fitted(width));
    canvas.set_height(fitted(height));
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    let (width, height) = (f64::from(fitted(width)), f64::from(fitted(height)));
    // What is see-through would turn black.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(&picture, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

async fn written(canvas: &HtmlCanvasElement) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let told = if blob.is_null() { reject } else { resolve };
            // Whoever waits is told; nobody else hears an error of telling.
            let _ = told.call1(&JsValue::NULL, &blob);
        });
        let asked = canvas.to_blob_with_type_and_encoder_options(
            done.unchecked_ref(),
            MediaType::Jpeg.mime(),
            &JsValue::from_f64(QUALITY),
        );
        drop(asked);
    });
    JsFuture::from(promise).await
}
