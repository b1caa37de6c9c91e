namespace Settle;

/// <summary>
/// This site may not write any more: it was copied and both copies wrote (<c>forked</c>), it was
/// put back to an older state and its newer blocks are at other sites (<c>set_back</c>), or it was
/// given up, has retired or was never added (<c>site_inactive</c>). Reading goes on.
/// </summary>
public sealed class SiteStoppedException(string code, string message)
    : SettleException(code, message);
