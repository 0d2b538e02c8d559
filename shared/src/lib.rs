//! The domain of Jihe: plans, reviews, the rules that judge them, and the protocol that syncs them.
//!
//! Pure and deterministic: no clock, no chance, no input or output, no floating point between what
//! a person wrote and a result. The same code runs on the device and on the server.
//!
//! Reading order: values ([`id`], [`moment`], [`quantity`], [`partition`]), nouns
//! ([`calendar`], [`deadline`], [`organisation`], [`classification`], [`period`], [`regime`], [`plan`], [`item`],
//! [`baseline`], [`carry`], [`change_request`], [`help`], [`report`], [`evidence`], [`score`],
//! [`result`], [`seal`], [`ledger`]), what people do ([`command`], [`refusal`], [`change`], [`lane`]), who may
//! ([`permission`]), where rows stand ([`placement`]), the two doors ([`world`], with the rules in
//! `decide`), and how both sides agree ([`sync`]). What is only shown comes last ([`chart`], [`reminder`], [`today`],
//! [`whatif`]).

pub mod id;
pub mod moment;
pub mod quantity;

mod tagged;

pub mod canonical;
pub mod digest;
pub mod partition;

pub mod calendar;
pub mod deadline;
pub mod organisation;
pub mod period;
pub mod regime;

pub mod appeal;
pub mod baseline;
pub mod carry;
pub mod change_request;
pub mod classification;
pub mod closing;
pub mod cohort;
pub mod compare;
pub mod copy;
pub mod document;
pub mod drawer;
pub mod evidence;
pub mod excerpt;
pub mod given_grade;
pub mod hearing;
pub mod help;
pub mod indicator;
pub mod item;
pub mod ledger;
pub mod part_score;
pub mod payroll;
pub mod plan;
pub mod public_list;
pub mod quantify;
pub mod rating;
pub mod report;
pub mod result;
pub mod revealed;
pub mod score;
pub mod seal;
pub mod signing;
pub mod spot_check;
pub mod weight;
pub mod who;

pub mod change;
pub mod command;
pub mod lane;
pub mod refusal;
pub mod row;
pub mod unapplied;

pub mod permission;
pub mod placement;

mod decide;
pub mod world;

pub mod sync;

pub mod first_steps;
pub mod import;
pub mod operator;
pub mod pool;

pub mod chart;
pub mod outlook;
pub mod reminder;
pub mod rollup;
#[cfg(feature = "samples")]
pub mod samples;
pub mod search;
pub mod sheet;
pub mod today;
pub mod undo;
pub mod whatif;

pub mod bug;
