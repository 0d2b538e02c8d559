//! Words about evidence: photos and files beside an item.

words! {
    evidence = "佐证材料", "Evidence";
    already_attached =
        "这个文件已经添加过了，不必重复添加。",
        "This file is attached already; there is no need to add it again.";
    too_many =
        "这个事项的佐证材料已满 20 个。先撤回不需要的，再添加。",
        "This item shows 20 pieces of evidence already. Withdraw one that is not needed, then add.";
    none_yet = "还没有佐证材料", "No evidence yet";
    add = "添加佐证材料", "Add evidence";
    take_photo = "拍照", "Take photo";
    choose_file = "选择文件", "Choose file";
    kinds = "照片、PDF、Excel、Word，每个不超过 5 MB", "Photos, PDF, Excel, Word; 5 MB each at most";
    preparing = "正在准备…", "Preparing…";
    kept = "已存本机，联网后自动上传", "Kept on this device; it goes up by itself once connected";
    attached = "已添加", "Attached";
    received = "已上传", "Received";
    withdrawn = "已撤回", "Withdrawn";
    withdrew = "已撤回佐证材料", "Evidence withdrawn";
    withdraw = "撤回", "Withdraw";
    open = "查看", "Open";
    save = "保存到本机", "Save a copy";
    zoom_in = "放大", "Zoom in";
    zoom_out = "缩小", "Zoom out";
    previous = "上一个", "Previous";
    next = "下一个", "Next";
    with_report = "随报告", "With a report";
    not_a_picture = "不是图片，请保存后打开。", "This is no picture; save it to open it.";
    fetching = "正在取回…", "Fetching…";
    offline =
        "不在这台设备上，现在又连不上服务器。联网后再看；看过的会留在本机。",
        "It is not on this device, and the server is out of reach. Look again when you are connected; what you have seen stays here.";
    on_its_way =
        "还在添加人的设备上，没有上传完。请对方联网。",
        "It is still on the device where it was added. Ask that person to connect.";
    not_kept =
        "没有保存：本机存储空间不足或不可用。请清理空间后再添加一次。",
        "NOT kept: this device's storage is full or does not work. Free some space and add it again.";
    picture_unreadable =
        "这张图片打不开，请换一张，或另存为 JPG 后再试。",
        "This picture cannot be read. Choose another, or save it as JPG first.";
    kind_unfit =
        "不支持这种文件。可以添加照片、PDF、不含宏的 Excel（.xlsx）和 Word（.docx）。",
        "This kind of file is not accepted. Add photos, PDF, or Excel (.xlsx) and Word (.docx) without macros.";
    room_of_person =
        "您在服务器上的附件空间已满，文件仍在本机。请撤回不需要的，或请管理员放宽。",
        "Your room for files at the server is used up; the file is still on this device. Ask the administrator for more.";
    room_in_all =
        "服务器的附件空间已满，文件仍在本机。请管理员清理后重试。",
        "The server has no room for files left; the file is still on this device. Ask the administrator, then try again.";
    not_taken =
        "服务器没有接收这个文件，它仍在本机。请重试，或撤回后换一个。",
        "The server did not take this file; it is still on this device. Try again, or withdraw it and add another.";
    retry = "重试上传", "Try again";
    files = "待上传的文件", "Files to hand in";
    changed_on_the_way = "文件在传输中损坏，正在重试。", "The file was damaged on its way; it is tried again.";
}

sentences! {
    too_large(size) =
        "它有 {size}，每个文件最多 5 MB。请压缩或拆分后再添加。",
        "it has {size}, and a file has 5 MB at most. Make it smaller or split it.";
    bytes(count) = "{count} 字节", "{count} bytes";
    kilobytes(count) = "{count} KB", "{count} KB";
    megabytes(count) = "{count} MB", "{count} MB";
    place_of(number, all) = "{number} / {all}", "{number} of {all}";
}

/// A size in the unit that says something.
pub(crate) fn size(count: impl Into<u64>) -> String {
    let count = count.into();
    match count {
        ..1_000 => bytes(&count.to_string()),
        1_000..1_000_000 => kilobytes(&(count / 1_000).to_string()),
        _ => {
            let tenths = count / 100_000;
            megabytes(&format!("{}.{}", tenths / 10, tenths % 10))
        }
    }
}

/// Why the server did not take a file, by its code and limit.
pub(crate) fn why_not_taken(refused: &str) -> &'static str {
    match refused {
        "attachment_kind:" => kind_unfit(),
        "limit_passed:attachment_bytes_of_person" => room_of_person(),
        "limit_passed:attachment_bytes_in_all" => room_in_all(),
        _ => not_taken(),
    }
}
