namespace Settle.Chains;

/// <summary>Whether a site may write, as far as it has read of itself.</summary>
internal enum Standing
{
    /// <summary>It may.</summary>
    Well,

    /// <summary>The founder has not added it, or that has not been read here.</summary>
    Unknown,

    /// <summary>Others have read newer blocks of its own than it has: it was set back.</summary>
    SetBack,

    /// <summary>Others have read other blocks of its own.</summary>
    Forked,

    /// <summary>It was given up: nobody would read what it writes now.</summary>
    Suspended,

    /// <summary>It has retired.</summary>
    Retired,
}
