//! Weather: how often each fault comes in one run; every run has its own, and a bug may bias it.

use shared::sync::message::MOST_PAGE_BYTES;

use crate::chance::Chance;

/// Bytes of rows in a page, as the product gives them.
#[expect(clippy::cast_possible_truncation, reason = "it is a mebibyte")]
const PAGE: u32 = MOST_PAGE_BYTES as u32;

/// Rates of faults, in a thousand chances each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weather {
    /// Per request.
    pub(crate) request_dropped: u32,
    pub(crate) request_repeated: u32,
    pub(crate) request_late: u32,
    pub(crate) busy: u32,
    pub(crate) sign_in_lost: u32,
    pub(crate) other_session: u32,
    pub(crate) grouped: u32,
    pub(crate) commit_trouble: u32,
    /// Per answer.
    pub(crate) answer_dropped: u32,
    pub(crate) answer_garbled: u32,
    pub(crate) answer_stale: u32,
    pub(crate) answer_partial: u32,
    /// Per write on a device.
    pub(crate) storage_fails: u32,
    /// Bytes of rows in a page of a pull, not a rate; small ones cut partitions and commands.
    pub(crate) page: u32,
    /// Per turn.
    pub(crate) tab_crash: u32,
    pub(crate) power_cut: u32,
    pub(crate) frozen: u32,
    pub(crate) offline: u32,
    pub(crate) second_tab: u32,
    pub(crate) hint: u32,
    pub(crate) other_build: u32,
    pub(crate) future_work: u32,
    pub(crate) clock_jump: u32,
    pub(crate) evicted: u32,
    pub(crate) copied: u32,
    pub(crate) server_killed: u32,
    pub(crate) restored: u32,
    pub(crate) pruned: u32,
    pub(crate) rights: u32,
    pub(crate) days: u32,
    pub(crate) long_rest: u32,
    pub(crate) attack: u32,
    pub(crate) poison: u32,
    /// Per action: a person acts on what he or she only heard of.
    pub(crate) hearsay: u32,
}

impl Weather {
    /// No fault at all; that pushes share a commit is none.
    pub(crate) const CALM: Self = Self {
        request_dropped: 0,
        request_repeated: 0,
        request_late: 0,
        busy: 0,
        sign_in_lost: 0,
        other_session: 0,
        grouped: 200,
        commit_trouble: 0,
        answer_dropped: 0,
        answer_garbled: 0,
        answer_stale: 0,
        answer_partial: 0,
        storage_fails: 0,
        page: PAGE,
        tab_crash: 0,
        power_cut: 0,
        frozen: 0,
        offline: 0,
        second_tab: 0,
        hint: 0,
        other_build: 0,
        future_work: 0,
        clock_jump: 0,
        evicted: 0,
        copied: 0,
        server_killed: 0,
        restored: 0,
        pruned: 0,
        rights: 0,
        days: 0,
        long_rest: 0,
        attack: 0,
        poison: 0,
        hearsay: 0,
    };

    /// Draws the weather of a run: some faults stay away, the others come more or less often.
    pub(crate) fn draw(chance: &mut Chance) -> Self {
        let mut rate = |most: u32| {
            let some = chance.permille(600);
            let rate = u32::try_from(chance.below(most as usize + 1)).unwrap_or(0);
            if some { rate } else { 0 }
        };
        Self {
            request_dropped: rate(150),
            request_repeated: rate(150),
            request_late: rate(100),
            busy: rate(60),
            sign_in_lost: rate(40),
            other_session: rate(40),
            grouped: rate(400),
            commit_trouble: rate(100),
            answer_dropped: rate(150),
            answer_garbled: rate(60),
            answer_stale: rate(80),
            answer_partial: rate(100),
            storage_fails: rate(30),
            tab_crash: rate(60),
            power_cut: rate(50),
            frozen: rate(60),
            offline: rate(60),
            second_tab: rate(60),
            hint: rate(60),
            other_build: rate(40),
            future_work: rate(10),
            clock_jump: rate(40),
            evicted: rate(14),
            copied: rate(14),
            server_killed: rate(60),
            restored: rate(20),
            rights: rate(120),
            days: rate(40),
            long_rest: rate(3),
            attack: rate(90),
            poison: rate(20),
            hearsay: rate(60),
            pruned: rate(30),
            page: match rate(30_000) {
                0 => PAGE,
                bytes => 600 + bytes,
            },
        }
    }
}
