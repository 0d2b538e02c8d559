//! Words about public lists.

words! {
    lists = "公示", "Public lists";
    lists_words =
        "按考核办法公示的等级名单和部门平均分。公示期满、异议处理完之后，结果才能锁定归档。",
        "Grades that the regime makes public, and averages of units. Nothing on a list is sealed before it has hung and objections are decided.";
    none = "目前没有公示", "Nothing hangs now";
    none_words =
        "名单公示时会出现在这里，每个人都能查看和提出异议。",
        "A list appears here when it is hung out; everybody reads it and may object.";
    hanging = "公示中", "Hanging";
    over = "公示期满", "Has hung";
    averages = "部门平均分", "Averages of units";
    nobody_named = "没有人列入名单", "Nobody is named";
    object = "提出异议", "Object";
    object_words =
        "写明理由。由考核办法指定的人员处理，被公示人看不到是谁提出的。",
        "Say why. Those whom the regime names decide; the person who is named does not see who objects.";
    objected = "您已提出异议", "You have objected";
    upheld = "异议成立，重新评分", "Upheld: judged again";
    dismissed = "异议不成立，维持公示", "Dismissed: the name stands";
    to_decide = "待决定的公示异议", "Objections to decide";
    uphold = "异议成立", "Uphold";
    dismiss = "维持公示", "Dismiss";
    uphold_binds = "结果退回评分人重新评分；重新公布后须另行公示。", "The result goes back to its judge; published anew, it hangs again.";
    dismiss_binds = "维持公示的等级；异议人会看到理由。", "The grade stands as it hangs; who objected reads why.";
    reason = "理由", "Reason";
    would_hang = "可以公示的名单", "What can be hung out";
    would_words =
        "列出其他条件都已具备、只差公示的人；以后具备条件的，另行公示。",
        "It names those who lack nothing else; whoever is ready later hangs on another list.";
    still_open = "告知未了结，暂不公示", "Notice not settled: not made public yet";
    still_open_words =
        "先送达本人；本人签字、异议期满或异议、申诉有了决定之后才能公示。点开可以办理。",
        "The result reaches the person first; it is made public once signed, or the window is over, or objection and appeal are decided. Open one to deal with it.";
    averages_later =
        "部门里还有人未定时不公布平均分：前后两个平均分之差会透露个人分数。",
        "No average is made public while somebody of the unit is open: the difference of two averages would tell that person's figure.";
    hang = "公示名单", "Hang the list";
    hang_sign = "签字公示", "Sign and hang";
    hang_binds =
        "公示即签字：全公司都能看到以下名单，公示期内可以提出异议。",
        "Hanging it is a signature: everybody in the company reads it and may object while it hangs.";
    to_lists = "去公示", "Hang the list";
    list_first =
        "结果公示要先公示名单。请在“公示”页签字公示。",
        "Results are made public by their list. Sign it on the page “Public lists”.";
    did_hang = "公示名单", "Hung a list out";
    did_object = "对公示提出异议", "Objected to a list";
    did_decide = "决定公示异议", "Decided about an objection to a list";
}

sentences! {
    until(day) = "公示到 {day}", "hangs until {day}";
    hung_by(who, when) = "{who} {when} 公示", "hung out by {who}, {when}";
    average_of(average, heads) = "{average} 分，{heads} 人", "{average} points, {heads} people";
    hanging_now(count) = "{count} 份名单公示中", "{count} lists hang now";
    decide_now(count) = "{count} 件公示异议待您决定", "{count} objections to lists wait for you";
    notice_open(count) =
        "还有 {count} 人的告知没有了结，不能公示。「公示」页列出了是谁、还差什么。",
        "The notice to {count} people is not settled, so nothing about them is made public. The page “Public lists” says who and what is missing.";
    not_judged(count) = "另有 {count} 人的结果尚未公布或尚未分档", "{count} more are not judged or graded yet";
    names(count) = "{count} 人", "{count} people";
    objection_to(person) = "对公示{person}的异议", "Objection to {person} on the list";
}
