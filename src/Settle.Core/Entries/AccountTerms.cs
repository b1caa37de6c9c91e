namespace Settle;

/// <summary>What an account request sets; <see cref="Unset"/> leaves a term as it is.</summary>
internal struct AccountTerms
{
    public const long Unset = -1;

    /// <summary>An overdraft without limit, or no ceiling.</summary>
    public const long Unlimited = -2;

    public long Overdraft;
    public long Ceiling;

    public bool HasClosed;
    public bool IsClosed;

    /// <summary>Canonical JSON array of strings.</summary>
    public Slice Owners;

    /// <summary>Whether the request says anything about closing, and what.</summary>
    public bool? Closed
    {
        readonly get => HasClosed ? IsClosed : null;
        set => (HasClosed, IsClosed) = (value is not null, value is true);
    }

    public static AccountTerms None => new() { Overdraft = Unset, Ceiling = Unset };
}
