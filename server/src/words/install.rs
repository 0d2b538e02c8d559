//! The words of the page that makes a device trust this server, in Chinese and in English.
//!
//! Steps name menus as the systems themselves do, because people look for those very words.

/// The page in one language.
#[derive(Debug)]
pub struct Install {
    /// The language as browsers name it.
    pub tag: &'static str,
    /// The other language: its tag, and how its readers call it.
    pub other: (&'static str, &'static str),
    /// What the page does.
    pub title: &'static str,
    /// Why a device needs it.
    pub why: &'static str,
    /// What the authority may do at most.
    pub reach: &'static str,
    /// Heading and line of the download.
    pub download: [&'static str; 2],
    /// The profile for one maker's devices.
    pub profile: &'static str,
    /// Heading and line of the comparison.
    pub compare: [&'static str; 2],
    /// The heading of the steps, and the steps of each system in the order of [`System`].
    pub steps: (&'static str, [(&'static str, &'static [&'static str]); 4]),
    /// Heading and line of opening the app.
    pub open: [&'static str; 2],
    /// Heading, line and link for work that was kept at the plain address.
    pub before: [&'static str; 3],
    /// How to take the trust back.
    pub remove: &'static str,
    /// What stands here while there is no certificate: what does not work, and who changes it.
    pub without: [&'static str; 3],
}

/// A system that has steps of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Android, and what is made of it.
    Android,
    /// iPhone and iPad.
    Ios,
    /// Windows.
    Windows,
    /// macOS.
    Macos,
}

/// Every system, in the order of the page.
pub const SYSTEMS: [System; 4] = [System::Android, System::Ios, System::Windows, System::Macos];

/// In Chinese.
pub const ZH: Install = Install {
    tag: "zh-CN",
    other: ("en", "English"),
    title: "让这台设备信任计核服务器",
    why: "局域网地址没有公共证书。信任本单位自己的证书之后，连接是加密的，没有网络时也能打开计核。每台设备只需做一次。",
    reach: "这个证书只能用于本服务器的名称和内网地址，不能用于任何公共网站。",
    download: ["下载证书", "下载 authority.crt"],
    profile: "iPhone、iPad：下载描述文件",
    compare: [
        "核对指纹",
        "安装时显示的 SHA-256 指纹，应与管理员在服务器上看到的一致。不一致就不要安装，请告诉管理员。",
    ],
    steps: (
        "安装步骤",
        [
            (
                "安卓（Android）、鸿蒙",
                &[
                    "用系统浏览器或 Chrome 打开本页（不要在微信里打开），下载 authority.crt。",
                    "打开“设置”，搜索“证书”，选择“安装证书”或“从存储设备安装”，再选“CA 证书”。",
                    "看到提示时选择“仍然安装”，输入锁屏密码，选中刚下载的 authority.crt。",
                    "完全关闭浏览器后重新打开，再打开下面的地址。",
                ],
            ),
            (
                "iPhone、iPad",
                &[
                    "用 Safari 打开本页，点“下载描述文件”，选择“允许”。",
                    "打开“设置”，点“已下载描述文件”，点“安装”。",
                    "打开“设置”→“通用”→“关于本机”→“证书信任设置”，打开这个证书的开关。缺了这一步，证书不起作用。",
                    "用 Safari 打开下面的地址；点“共享”→“添加到主屏幕”，以后从主屏幕打开。",
                ],
            ),
            (
                "Windows",
                &[
                    "下载 authority.crt，双击打开，点“安装证书”。",
                    "选择“当前用户”，再选“将所有的证书都放入下列存储”，点“浏览”，选“受信任的根证书颁发机构”。",
                    "完成后看到安全警告，核对指纹，点“是”。",
                    "关闭所有浏览器窗口，再打开下面的地址。",
                ],
            ),
            (
                "Mac",
                &[
                    "下载 authority.crt，双击打开，加入“登录”钥匙串。",
                    "在“钥匙串访问”里双击这个证书，展开“信任”，把“使用此证书时”改为“始终信任”。",
                    "关闭窗口，输入密码，再打开下面的地址。",
                ],
            ),
        ],
    ),
    open: ["打开计核", "浏览器不再警告，就完成了。手机可以扫描这个码："],
    before: [
        "以前用过 http 地址？",
        "在 http 地址上保存、还没有提交的工作仍在这台设备里，但新地址看不到。请先用旧地址打开一次，等同步灯显示已同步，再用新地址。",
        "用旧地址打开",
    ],
    remove: "不再需要时，可在同一处设置里删除这个证书。",
    without: [
        "这台服务器还没有证书。",
        "现在可以使用，也不会丢失工作，但不能在没有网络时打开计核，浏览器也不保护本机存储。",
        "请管理员在服务器上运行 jihe tls init，然后重新启动 jihe serve --lan。",
    ],
};

/// In English.
pub const EN: Install = Install {
    tag: "en",
    other: ("zh-CN", "中文"),
    title: "Let this device trust the Jihe server",
    why: "No public certificate exists for addresses of a local network. Once this device trusts the certificate of your own company, the connection is encrypted and Jihe opens without a network. Each device needs this once.",
    reach: "The certificate is good only for this server's names and for private addresses, never for a public site.",
    download: ["Get the certificate", "Download authority.crt"],
    profile: "iPhone, iPad: download the profile",
    compare: [
        "Compare the fingerprint",
        "The SHA-256 fingerprint that you are shown must be the one your administrator sees on the server. If it is not, do not install it, and tell the administrator.",
    ],
    steps: (
        "Install it",
        [
            (
                "Android",
                &[
                    "Open this page in Chrome or the system's browser, not inside a messenger, and download authority.crt.",
                    "Open Settings, search for “certificate”, choose “Install a certificate”, then “CA certificate”.",
                    "Choose “Install anyway”, enter the screen lock, and select authority.crt.",
                    "Close the browser completely, open it again, and go to the address below.",
                ],
            ),
            (
                "iPhone, iPad",
                &[
                    "Open this page in Safari, choose “download the profile”, and allow it.",
                    "Open Settings, choose “Profile Downloaded”, then “Install”.",
                    "Open Settings → General → About → Certificate Trust Settings, and switch this certificate on. Without this step it has no effect.",
                    "Open the address below in Safari; choose Share → Add to Home Screen, and open Jihe from there.",
                ],
            ),
            (
                "Windows",
                &[
                    "Download authority.crt, open it, and choose “Install Certificate”.",
                    "Choose “Current User”, then “Place all certificates in the following store”, “Browse”, and “Trusted Root Certification Authorities”.",
                    "Compare the fingerprint in the security warning and choose “Yes”.",
                    "Close all browser windows and go to the address below.",
                ],
            ),
            (
                "Mac",
                &[
                    "Download authority.crt, open it, and add it to the keychain “login”.",
                    "In Keychain Access, open the certificate, unfold “Trust”, and set “When using this certificate” to “Always Trust”.",
                    "Close the window, enter your password, and go to the address below.",
                ],
            ),
        ],
    ),
    open: [
        "Open Jihe",
        "When the browser no longer warns, you are done. A phone can scan this code:",
    ],
    before: [
        "Used the http address before?",
        "Work that was kept at the http address and not handed in is still on this device, but the new address cannot see it. Open the old address once, wait until the sync light says everything is in step, then use the new one.",
        "Open the old address",
    ],
    remove: "When it is no longer needed, delete the certificate in the same settings.",
    without: [
        "This server has no certificate yet.",
        "You can work and nothing is lost, but Jihe cannot be opened without a network, and the browser does not protect what it keeps.",
        "Ask the administrator to run jihe tls init on the server and to start jihe serve --lan again.",
    ],
};
