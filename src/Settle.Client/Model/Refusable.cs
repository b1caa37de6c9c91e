namespace Settle;

/// <summary>
/// What says, where it is looked up by its id and was refused, what its answer said of the refusal.
/// </summary>
public abstract record Refusable
{
    private protected Refusable()
    {
    }

    /// <summary>
    /// If it was rejected for an account: its name, as the answer said. Null otherwise, and where
    /// the ledger has other sites; as in all that follow.
    /// </summary>
    public string? Account
    {
        get => Refusal?.Account;
        init => Refusal = value is null ? Refusal : (Refusal ?? new()) with { Account = value };
    }

    /// <summary>False if there was no such account.</summary>
    public bool? AccountExists
    {
        get => Refusal?.AccountExists;
        init => Refusal = value is null ? Refusal
            : (Refusal ?? new()) with { AccountExists = value };
    }

    /// <inheritdoc cref="Shortfall.Spendable"/>
    public Money? Spendable
    {
        get => Refusal?.Spendable;
        init => Refusal = value is null ? Refusal : (Refusal ?? new()) with { Spendable = value };
    }

    /// <summary>What was asked in all.</summary>
    public Money? Needed
    {
        get => Refusal?.Needed;
        init => Refusal = value is null ? Refusal : (Refusal ?? new()) with { Needed = value };
    }

    /// <inheritdoc cref="RefusedAccount.Room"/>
    public Money? Room
    {
        get => Refusal?.Room;
        init => Refusal = value is null ? Refusal : (Refusal ?? new()) with { Room = value };
    }

    /// <summary>What the answer said beside the reason.</summary>
    internal RefusalFacts? Refusal { get; init; }
}
