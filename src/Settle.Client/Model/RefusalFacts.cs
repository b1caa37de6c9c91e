namespace Settle;

/// <summary>
/// What a refused entry was refused for, as its answer said; one object, because nearly no entry
/// has it.
/// </summary>
internal sealed record RefusalFacts
{
    public string? Account { get; init; }

    public bool? AccountExists { get; init; }

    public Money? Spendable { get; init; }

    public Money? Needed { get; init; }

    public Money? Room { get; init; }

    public Money? Left { get; init; }

    /// <summary>What a verdict says beside the refusal; null for nothing.</summary>
    public static RefusalFacts? Of(object? detail) => detail switch
    {
        Shortfall lack => new()
        {
            Account = lack.Account, AccountExists = lack.Exists ? null : false,
            Spendable = lack.Spendable, Needed = lack.Needed,
        },
        RefusedAccount refused => new() { Account = refused.Account, Room = refused.Room },
        RevertExcess excess => new() { Left = excess.Left, Needed = excess.Needed },
        _ => null,
    };

    /// <summary>One sentence, without the full stop; null where the code says all.</summary>
    public string? Sentence(RefusalCode refusal) => this switch
    {
        { Account: { } account, Spendable: { } spendable, Needed: { } needed } => new Shortfall
        {
            Account = account, Spendable = spendable, Needed = needed,
            Exists = AccountExists is not false,
        }.ToString(),
        { Account: { } account } =>
            new RefusedAccount { Account = account, Room = Room }.Sentence(refusal),
        { Left: { } left, Needed: { } needed } => new RevertExcess(left, needed).ToString(),
        _ => null,
    };
}
