namespace Settle;

/// <summary>
/// The account that a refusal is about, as it was when the request was decided: with
/// <see cref="RefusalCode.UnknownAccount"/>, <see cref="RefusalCode.AccountClosed"/> and
/// <see cref="RefusalCode.LimitExceeded"/>.
/// </summary>
public sealed record RefusedAccount
{
    /// <summary>Its name.</summary>
    public required string Account { get; init; }

    /// <summary>
    /// With <see cref="RefusalCode.LimitExceeded"/>: how far its balance was below the ceiling,
    /// open holds not counted; below zero for new terms under which it would hold too much. Null
    /// for other refusals, and where another site may hold a part of the balance.
    /// </summary>
    public Money? Room { get; init; }

    /// <summary>One sentence for a refusal, without the full stop.</summary>
    internal string Sentence(RefusalCode refusal) => refusal switch
    {
        RefusalCode.UnknownAccount => $"there is no account '{Account}': "
            + "this ledger wants accounts to be opened first",
        RefusalCode.AccountClosed => $"the account '{Account}' is closed",
        _ when Room is { } room && room.Units < 0 =>
            $"'{Account}' holds {(-room)} more than this ceiling",
        _ when Room is { } room => $"'{Account}' has room for {room} below its ceiling, "
            + "less what open holds would bring",
        _ => $"the balance of '{Account}' would rise above its ceiling",
    };
}
