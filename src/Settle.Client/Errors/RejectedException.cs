namespace Settle;

/// <summary>The ledger said no. The verdict is recorded under the id and never changes.</summary>
public class RejectedException : SettleException
{
    /// <summary>Makes the error for a recorded refusal.</summary>
    public RejectedException(RefusalCode refusal, string id, long block, bool replayed,
        string? detail = null)
        : base(refusal.Text(), detail ?? Text(refusal.Meaning(), id, block, replayed))
        => (Refusal, Id, Block, Replayed) = (refusal, id, block, replayed);

    /// <summary>Why it was refused.</summary>
    public RefusalCode Refusal { get; }

    /// <summary>The id of the request.</summary>
    public string Id { get; }

    /// <summary>
    /// The height of the block that decided the id; for <see cref="RefusalCode.IdReused"/> the
    /// earlier request's.
    /// </summary>
    public long Block { get; }

    /// <summary>Whether the id had been decided before.</summary>
    public bool Replayed { get; }

    /// <summary>
    /// The account that it is about, where it is about one and not about funds; null otherwise, and
    /// if an older server does not say.
    /// </summary>
    public RefusedAccount? RefusedAccount { get; internal init; }

    /// <summary>How much too much it would revert; null for other refusals.</summary>
    internal RevertExcess? Excess { get; init; }

    /// <summary>What its verdict says beside the code.</summary>
    internal object? Detail => this switch
    {
        InsufficientFundsException funds => funds.Shortfall,
        InsufficientHereException here => here.Shortfall,
        NotHereException elsewhere => new DecidedAt(elsewhere.Site, elsewhere.Url),
        _ => (object?)RefusedAccount ?? Excess,
    };

    /// <summary>The verdict that it was made of.</summary>
    internal Verdict Verdict => new(Refusal, Block, Replayed) { Detail = Detail };

    /// <summary>Makes the most specific exception for a refusal.</summary>
    public static RejectedException For(RefusalCode refusal, string id, long block,
        bool replayed, Shortfall? shortfall = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        return refusal switch
        {
            RefusalCode.InsufficientFunds =>
                new InsufficientFundsException(id, block, replayed, shortfall),
            RefusalCode.InsufficientHere => new InsufficientHereException(id),
            _ => new RejectedException(refusal, id, block, replayed),
        };
    }

    /// <summary>Makes the most specific exception for a verdict.</summary>
    /// <param name="verdict">It is a refusal.</param>
    /// <param name="id">The id of the request.</param>
    /// <param name="replayed">Whether the id had been decided before.</param>
    /// <param name="why">What it says of the request; null for the code's meaning.</param>
    internal static RejectedException For(
        in Verdict verdict, string id, bool replayed, string? why = null)
    {
        if (verdict.Refusal == RefusalCode.InsufficientFunds)
            return new InsufficientFundsException(id, verdict.Block, replayed, verdict.Shortfall);
        if (verdict.Refusal == RefusalCode.InsufficientHere)
            return new InsufficientHereException(id, verdict.Detail as HereShortfall);
        if (verdict is { Refusal: RefusalCode.NotHere, Detail: DecidedAt at })
            return new NotHereException(id, at.Site, at.Url);
        why ??= verdict.RefusedAccount?.Sentence(verdict.Refusal)
            ?? (verdict.Detail as RevertExcess)?.ToString();
        return new RejectedException(verdict.Refusal, id, verdict.Block, replayed,
            why is null ? null : Text(why, id, verdict.Block, replayed))
        {
            RefusedAccount = verdict.RefusedAccount,
            Excess = verdict.Detail as RevertExcess,
        };
    }

    /// <summary>Why something was refused: what was so then may have changed since.</summary>
    internal static string Sentence(string why, string id, long block, bool replayed) =>
        block > 0 && replayed ? string.Create(CultureInfo.InvariantCulture,
            $"block {block} refused it, because at that time: {why}; the id {id} keeps that ")
            + "verdict"
            : block > 0 ? $"{why}; recorded under the id {id}"
            : id.Length > 0 ? $"{why} (id {id})" : why;

    private protected static string Text(string why, string id, long block, bool replayed) =>
        Sentence(why, id, block, replayed)
            + (block > 0 && replayed ? ", so try again with another id" : "");
}
