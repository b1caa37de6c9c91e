namespace Settle;

/// <summary>The newest block of a site that another one has.</summary>
/// <param name="Site">Whose block it is.</param>
/// <param name="Height">Its height, at least 1.</param>
/// <param name="Hash">Its hash, hexadecimal.</param>
public sealed record SiteTip(string Site, long Height, string Hash);
