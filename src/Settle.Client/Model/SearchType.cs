namespace Settle;

/// <summary>What a search can find.</summary>
[JsonConverter(typeof(WordJsonConverter<SearchType>))]
public enum SearchType
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>An account.</summary>
    Account,

    /// <summary>A customer.</summary>
    Customer,

    /// <summary>An invoice or a credit note.</summary>
    Invoice,

    /// <summary>A quote.</summary>
    Quote,

    /// <summary>A reminder.</summary>
    Reminder,

    /// <summary>An entry of the chain.</summary>
    Entry,
}
