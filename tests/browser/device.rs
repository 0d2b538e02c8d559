//! What a person holds in the hand or sits before, and the language that he or she reads.

use serde_json::{Value, json};

/// A device, and what moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// 1280 by 800, with a mouse.
    Desk,
    /// 1280 by 800, with the keyboard alone.
    Keyboard,
    /// 820 by 1180 at two device pixels to one, with a finger.
    Tablet,
    /// 360 by 800 at three device pixels to one, with a finger: the narrowest that is promised.
    Phone,
}

impl Device {
    /// Its name in the names of pictures.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Keyboard => "keyboard",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }

    /// Whether it is moved by fingers.
    pub(crate) const fn is_touched(self) -> bool {
        matches!(self, Self::Tablet | Self::Phone)
    }

    /// Its screen, as the browser wants to be told.
    pub(crate) fn screen(self) -> Value {
        let (width, height, scale) = match self {
            Self::Desk | Self::Keyboard => (1280, 800, 1),
            Self::Tablet => (820, 1180, 2),
            Self::Phone => (360, 800, 3),
        };
        let mobile = self.is_touched();
        json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile})
    }
}

/// The language of a person, which the browser tells the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

impl Language {
    /// Its name in the names of pictures.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// What the browser is started with.
    pub(crate) fn flag(self) -> String {
        let accepted = match self {
            Self::Chinese => "zh-CN,zh",
            Self::English => "en-US,en",
        };
        format!("--accept-lang={accepted}")
    }
}
