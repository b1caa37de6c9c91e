namespace Settle;

/// <summary>What the ledger decided.</summary>
[JsonConverter(typeof(WordJsonConverter<EntryStatus>))]
public enum EntryStatus
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>It was made.</summary>
    Successful,

    /// <summary>It was not; the refusal is recorded.</summary>
    Rejected,
}
