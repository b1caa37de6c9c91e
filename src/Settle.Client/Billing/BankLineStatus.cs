namespace Settle;

/// <summary>What became of a line of a bank statement.</summary>
[JsonConverter(typeof(WordJsonConverter<BankLineStatus>))]
public enum BankLineStatus
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>It was posted now.</summary>
    Posted,

    /// <summary>It was posted before.</summary>
    Known,

    /// <summary>It can be posted as it is; a dry run posts nothing.</summary>
    Certain,

    /// <summary>A person should look at it.</summary>
    Doubtful,

    /// <summary>Nothing fits it, or no money of a customer's moved.</summary>
    None,

    /// <summary>What would have been posted was refused.</summary>
    Refused,
}
